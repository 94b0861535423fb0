import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type AuthFunction, authFunction, bearer, outcomeOf } from "../../support/auth-function.ts";
import { jwtEnvironment } from "../../support/key-sources.ts";
import { answers, type Conduct, type Neighbour, startNeighbour } from "../../support/neighbour.ts";
import { endless, FAULTS } from "../../support/neighbour-faults.ts";
import { AUDIENCE, hmac, ISSUER, JWT_SECRET, makeToken } from "../../support/tokens.ts";

const SOCKET = "1234.1234";
const SECRET = "own3rship-s3cr3t-é";
const START_MS = Date.UTC(2026, 2, 2, 9);
const CACHE_MS = 10_000;

/** Fakes the clock only. Answers and timeouts take real time. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: START_MS });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};

const headersOf = (sub: string) =>
  bearer(makeToken(hmac(JWT_SECRET), { iss: ISSUER, aud: AUDIENCE, exp: START_MS / 1000 + 3600, sub }));

interface Asking {
  readonly platform: Neighbour;
  readonly asked: AuthFunction;
  /** The outcome of a user's subscription to a channel. */
  ask(channel?: string, sub?: string): Promise<string>;
}

async function withPlatform(conduct: Conduct, env: Readonly<Record<string, string>> = {}): Promise<Asking> {
  const platform = await startNeighbour("/owners?tenant=1", conduct);
  onTestFinished(() => platform.goDown().catch(() => undefined));
  const asked = authFunction({
    ...jwtEnvironment,
    REALTIME_JWT_SECRET: JWT_SECRET,
    REALTIME_OWNERSHIP_URL: platform.url,
    REALTIME_OWNERSHIP_SECRET: SECRET,
    ...env,
  });
  const ask = async (channel = "private-audit-1", sub = "user-1"): Promise<string> =>
    outcomeOf(await asked.subscribe(SOCKET, channel, headersOf(sub)));
  return { platform, asked, ask };
}

const [allowing, denying] = [answers(204), answers(403, { detail: "no" })];

describe("the question to the platform", () => {
  it.each([
    ["private-audit-1", { kind: "audit", id: "1" }],
    ["presence-fiche-a=3Ab", { kind: "fiche", id: "a:b" }],
    ["private-job-=C3=A9=22", { kind: "job", id: 'é"' }],
  ])("is a signed POST for %s", async (channel, entity) => {
    const { platform, ask } = await withPlatform(allowing);
    pass(999);
    expect(await ask(channel, 'user "é"')).toBe("signed");
    const [{ method = "", path = "", headers = {}, body = "" } = {}] = platform.requests;
    expect([method, path]).toEqual(["POST", "/owners?tenant=1"]);
    expect(headers["content-type"]).toMatch(/^application\/json/);
    expect(JSON.parse(body)).toEqual({ user: 'user "é"', ...entity, channel });
    const timestamp = String(headers["x-realtime-timestamp"]);
    expect(timestamp).toBe(String(START_MS / 1000));
    const due = createHmac("sha256", SECRET).update(`${timestamp}.${body}`).digest("hex");
    expect(headers["x-realtime-signature"]).toBe(due);
    expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined]);
  });

  it.each([
    ["204", allowing, "signed"],
    ["403", denying, "403 not_owner"],
    ["404", answers(404), "403 not_owner"],
    ["403 without an end", endless(403).conduct, "403 not_owner"],
    ...FAULTS.filter(([name]) => name !== "answers 204" && name !== "answers 404").map(
      ([name, conduct]) => [name, conduct, "503 ownership_unavailable"] as const,
    ),
  ] as const)("gets an outcome that reveals nothing of the platform: %s", async (_, conduct, outcome) => {
    const { asked } = await withPlatform(conduct);
    const answer = await asked.subscribe(SOCKET, "private-audit-1", headersOf("user-1"));
    expect(outcomeOf(answer)).toBe(outcome);
    for (const text of [JSON.stringify(answer), JSON.stringify(asked.records)])
      for (const secret of ["127.0.0.1", "own3rship", "user-1", "audit-1", JWT_SECRET])
        expect(text).not.toContain(secret);
  });

  it("does not follow a redirect", async () => {
    const elsewhere = await startNeighbour("/", allowing);
    onTestFinished(() => elsewhere.goDown());
    for (const status of [301, 302, 303, 307, 308]) {
      const { ask } = await withPlatform(answers(status, undefined, { location: elsewhere.url }));
      expect(await ask()).toBe("503 ownership_unavailable");
    }
    expect(elsewhere.requests).toEqual([]);
  });

  it("reads a bounded number of bytes of an endless answer", async () => {
    const flow = endless(200);
    const { ask } = await withPlatform(flow.conduct);
    expect(await ask()).toBe("503 ownership_unavailable");
    await flow.ended;
    expect(flow.bytesWritten()).toBeLessThan(16 * 1024 * 1024);
  });

  it("is sent again after an outage", async () => {
    const { platform, ask } = await withPlatform(allowing);
    await platform.goDown();
    expect([await ask(), await ask()]).toEqual(Array(2).fill("503 ownership_unavailable"));
    await platform.comeBack();
    expect(await ask()).toBe("signed");
  });

  it("is sent only for the channels of a batch that need an owner", async () => {
    const { asked } = await withPlatform(() => undefined);
    const channels = ["private-global", "private-audit-1", "private-foo", "presence-fiche-1"];
    const answered = await asked.subscribeEach(SOCKET, channels, headersOf("user-1"));
    const unavailable = "503 ownership_unavailable";
    expect(answered.map(outcomeOf)).toEqual(["signed", unavailable, "403 channel_not_allowed", unavailable]);
  });
});

describe("the platform's answer", () => {
  it.each([
    ["that allows", allowing, "signed"],
    ["that denies", denying, "403 not_owner"],
  ])("%s is cached for ten seconds", async (_, conduct, outcome) => {
    const { platform, ask } = await withPlatform(conduct);
    for (const [ms, questions] of [
      [0, 1],
      [CACHE_MS - 1, 1],
      [1, 2],
    ] as const) {
      pass(ms);
      expect([await ask(), platform.requests.length]).toEqual([outcome, questions]);
    }
  });

  it("takes effect after a change when the cached one expires", async () => {
    const { platform, ask } = await withPlatform(allowing);
    const outcomes = [await ask()];
    platform.behave(denying);
    outcomes.push(await ask());
    pass(CACHE_MS);
    outcomes.push(await ask());
    expect(outcomes).toEqual(["signed", "signed", "403 not_owner"]);
  });

  it("is not cached if the setting is 0 seconds", async () => {
    const { platform, ask } = await withPlatform(allowing, { REALTIME_OWNERSHIP_CACHE_SECONDS: "0" });
    for (let times = 0; times < 3; times += 1) await ask();
    expect(platform.requests.length).toBe(3);
  });

  it("is cached for one user and one channel", async () => {
    const { platform, ask } = await withPlatform((response, request) =>
      answers(JSON.parse(request.body).user === "user-1" ? 204 : 403)(response, request),
    );
    const asked = [
      await ask("private-audit-1", "user-1"),
      await ask("private-audit-1", "user-10"),
      await ask("private-audit-10", "user-1"),
      await ask("private-fiche-1", "user-1"),
      await ask("private-audit-1", 'user-1","private-audit-1'),
    ];
    expect(asked).toEqual(["signed", "403 not_owner", "signed", "signed", "403 not_owner"]);
    expect(platform.requests.length).toBe(5);
  });

  it.each(
    FAULTS.filter(([name]) => !["answers 204", "answers 404", "does not answer", "stops in the middle"].includes(name)),
  )("is not cached if it is a failure: the platform %s", async (_, conduct) => {
    const { platform, ask } = await withPlatform(conduct);
    expect(await ask()).toBe("503 ownership_unavailable");
    platform.behave(allowing);
    expect(await ask()).toBe("signed");
  });

  it("leaves the cache early if there are too many", async () => {
    const { platform, ask } = await withPlatform(allowing);
    const users = Array.from({ length: 3_000 }, (_, index) => `user-${index}`);
    for (const user of users) await ask("private-audit-1", user);
    await ask("private-audit-1", "user-2999");
    expect(platform.requests.length).toBe(users.length);
    await ask("private-audit-1", "user-0");
    expect(platform.requests.length).toBe(users.length + 1);
  });
});
