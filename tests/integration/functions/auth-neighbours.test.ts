import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { authFunction, bearer, outcomeOf } from "../../support/auth-function.ts";
import { jwtEnvironment } from "../../support/key-sources.ts";
import { answers, type Conduct, type Neighbour, startNeighbour } from "../../support/neighbour.ts";
import { endless, FAULTS } from "../../support/neighbour-faults.ts";
import { AUDIENCE, createKeyPair, ISSUER, type KeyPair, makeToken } from "../../support/tokens.ts";

const SOCKET = "1234.1234";
const START_MS = Date.UTC(2026, 2, 2, 9);
const MINUTE_MS = 60_000;

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

const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;
const claimsOf = (sub: string) => ({ iss: ISSUER, aud: AUDIENCE, exp: inAnHour(), sub });

async function neighbour(path: string, conduct: Conduct): Promise<Neighbour> {
  const started = await startNeighbour(path, conduct);
  onTestFinished(() => started.goDown().catch(() => undefined));
  return started;
}

const jwksOf = (...keys: readonly KeyPair[]): Conduct => answers(200, { keys: keys.map(({ jwk }) => jwk) });
const [first, second] = [createKeyPair("ES256", "key-1"), createKeyPair("RS256", "key-2")];

describe("the issuer's JWKS", () => {
  const MAX_AGE_MS = 10 * MINUTE_MS;

  async function withIssuer(conduct: Conduct) {
    const issuer = await neighbour("/jwks.json", conduct);
    const asked = authFunction({ ...jwtEnvironment, REALTIME_JWT_JWKS_URL: issuer.url });
    const show = async (token: string): Promise<string> =>
      outcomeOf(await asked.subscribe(SOCKET, "private-global", bearer(token)));
    const showOf = (key: KeyPair): Promise<string> => show(makeToken(key.signer, claimsOf("user-1")));
    return { issuer, asked, show, showOf };
  }

  it("is fetched once for a thousand tokens", async () => {
    const { issuer, showOf } = await withIssuer(jwksOf(first));
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => showOf(first)));
    expect([new Set(outcomes), issuer.requests.length]).toEqual([new Set(["signed"]), 1]);
  });

  it("rotates: a new key works at once, an old one until the cache expires", async () => {
    const { issuer, showOf } = await withIssuer(jwksOf(first));
    expect(await showOf(first)).toBe("signed");
    issuer.behave(jwksOf(second));
    expect(await showOf(second)).toBe("signed");
    pass(MAX_AGE_MS + 1);
    expect([await showOf(first), await showOf(second)]).toEqual(["401 invalid_token", "signed"]);
  });

  it("expires after ten minutes, even if requests arrive all the time", async () => {
    const { issuer, showOf } = await withIssuer(jwksOf(first, second));
    await showOf(first);
    issuer.behave(jwksOf(second));
    for (let minute = 0; minute < 10; minute += 1) {
      pass(MINUTE_MS);
      expect(await showOf(second)).toBe("signed");
    }
    pass(1);
    expect(await showOf(first)).toBe("401 invalid_token");
  });

  it("is fetched at a bounded rate if tokens name unknown keys", async () => {
    const { issuer, show, showOf } = await withIssuer(jwksOf(first));
    await showOf(first);
    for (let second = 0; second < 600; second += 1) {
      pass(1000);
      const forged = makeToken(createSigner(`made-up-${second}`), claimsOf("user-1"));
      expect(await show(forged)).toBe("401 invalid_token");
      expect(await showOf(first)).toBe("signed");
    }
    expect(issuer.requests.length).toBeLessThan(50);
  });

  it("expires on time even if tokens name unknown keys", async () => {
    const { issuer, show, showOf } = await withIssuer(jwksOf(first));
    await showOf(first);
    issuer.behave(jwksOf(second));
    for (let tenth = 0; tenth <= (MAX_AGE_MS + 20_000) / 100; tenth += 1) {
      pass(100);
      if (tenth % 10 === 0) await show(makeToken(createSigner(`made-up-${tenth}`), claimsOf("user-1")));
    }
    expect(await showOf(first)).toBe("401 invalid_token");
  });

  const createSigner = (kid: string) => ({ ...second.signer, header: { alg: "RS256", kid } });

  it.each(FAULTS)("is a 503 while the issuer %s, and recovers", async (_, conduct) => {
    const { issuer, asked, showOf } = await withIssuer(conduct);
    const answer = await asked.subscribe(SOCKET, "private-global", bearer(makeToken(first.signer, claimsOf("user-1"))));
    expect(outcomeOf(answer)).toBe("503 jwks_unavailable");
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.stringify(answer.body)).not.toContain("127.0.0.1");
    issuer.behave(jwksOf(first));
    pass(MINUTE_MS);
    expect(await showOf(first)).toBe("signed");
  });

  it("is a 503 while the issuer is down, with few requests, and recovers", async () => {
    const { issuer, showOf } = await withIssuer(jwksOf(first));
    await issuer.goDown();
    for (let tries = 0; tries < 100; tries += 1) expect(await showOf(first)).toBe("503 jwks_unavailable");
    await issuer.comeBack();
    pass(MINUTE_MS);
    expect(await showOf(first)).toBe("signed");
    expect(issuer.requests.length).toBe(1);
  });

  it.each(FAULTS)("keeps known keys while the issuer %s", async (_, conduct) => {
    const { issuer, showOf } = await withIssuer(jwksOf(first));
    await showOf(first);
    issuer.behave(conduct);
    expect([await showOf(second), await showOf(first)]).toEqual(["503 jwks_unavailable", "signed"]);
    issuer.behave(jwksOf(first, second));
    pass(MINUTE_MS);
    expect([await showOf(second), await showOf(first)]).toEqual(["signed", "signed"]);
  });

  it("works for an hour after the issuer went down, with a warning and a metric", async () => {
    const { issuer, asked, showOf } = await withIssuer(jwksOf(first));
    await showOf(first);
    await issuer.goDown();
    pass(59 * MINUTE_MS);
    expect([await showOf(first), await showOf(second)]).toEqual(["signed", "503 jwks_unavailable"]);
    expect(asked.records).toContainEqual({
      level: "warn",
      message: "jwks_stale",
      reason: "ECONNREFUSED",
      age_seconds: 59 * 60,
    });
    expect(asked.metrics).toContainEqual(expect.objectContaining({ service: "auth", JwksStale: 1 }));
    pass(MINUTE_MS);
    expect(await showOf(first)).toBe("503 jwks_unavailable");
    await issuer.comeBack();
    pass(MINUTE_MS);
    expect(await showOf(first)).toBe("signed");
  });

  it("is replaced as soon as the issuer is back, and then a withdrawn key works no more", async () => {
    const { issuer, showOf } = await withIssuer(jwksOf(first));
    await showOf(first);
    issuer.behave(answers(500, "x"));
    pass(30 * MINUTE_MS);
    expect(await showOf(first)).toBe("signed");
    issuer.behave(jwksOf(second));
    pass(MINUTE_MS);
    expect([await showOf(first), await showOf(second)]).toEqual(["401 invalid_token", "signed"]);
  });

  it("warns once for each failed request to the issuer, and asks few times while it is down", async () => {
    const { issuer, asked, showOf } = await withIssuer(jwksOf(first));
    await showOf(first);
    issuer.behave(answers(500, "x"));
    pass(MAX_AGE_MS);
    for (let second = 0; second < 600; second += 1) {
      expect(await showOf(first)).toBe("signed");
      pass(1000);
    }
    const failures = issuer.requests.length - 1;
    expect(failures).toBeGreaterThan(10);
    expect(failures).toBeLessThan(50);
    expect([asked.records.length, asked.metrics.length]).toEqual([failures, failures]);
    expect(new Set(asked.records.map(({ message, reason }) => `${message} ${reason}`))).toEqual(
      new Set(["jwks_stale status 500"]),
    );
  });

  it("is fetched a few times only while many requests fail", async () => {
    const { issuer, showOf } = await withIssuer(answers(500, "x"));
    for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 50 }, () => showOf(first)));
    expect(issuer.requests.length).toBeLessThan(10);
  });

  it("is not fetched from the target of a redirect", async () => {
    const elsewhere = await neighbour("/", jwksOf(first));
    const { showOf } = await withIssuer(answers(302, undefined, { location: elsewhere.url }));
    expect([await showOf(first), elsewhere.requests]).toEqual(["503 jwks_unavailable", []]);
  });

  it("reads a bounded number of bytes of an endless answer", async () => {
    const flow = endless();
    const { showOf } = await withIssuer(flow.conduct);
    expect(await showOf(first)).toBe("503 jwks_unavailable");
    await flow.ended;
    expect(flow.bytesWritten()).toBeLessThan(16 * 1024 * 1024);
  });
});
