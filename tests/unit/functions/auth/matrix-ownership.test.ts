import { describe, expect, it } from "vitest";
import { authFunction, bearer, outcomeOf } from "../../../support/auth-function.ts";
import { jwtEnvironment } from "../../../support/key-sources.ts";
import {
  CHANNEL_NAMES,
  formEnvironment,
  outcomes,
  PUBLISHED_FORMS,
  type Subject,
} from "../../../support/matrix-channels.ts";
import { goodClaims, NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { type Claims, hmac, JWT_SECRET, makeToken } from "../../../support/tokens.ts";

const SOCKET = "1234.1234";
const KNOWN = ["global", "realtime-test"] as const;

/** The entities of each user, with the platform's own ids. */
const OWNED: Readonly<Record<string, readonly string[]>> = {
  "user-1": ["audit 1", "audit a:b", "fiche 10"],
  "user-10": ["audit 10"],
  "user-*": ["audit *"],
};
const OPENED: Readonly<Record<string, readonly Subject[]>> = {
  "user-1": ["audit-1", "audit-a=3Ab", "fiche-10"],
  "user-10": ["audit-10"],
  "user-*": ["audit-=2A"],
  "USER-1": [],
  "user-2": [],
};

interface AskedQuestion {
  readonly user: string;
  readonly kind: string;
  readonly id: string;
  readonly channel: string;
}

/** A platform that answers `onOwned` for the user's own entities and `status` for others. */
function platform(status: number, onOwned = 204) {
  const questions: AskedQuestion[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const question: AskedQuestion = JSON.parse(String(init?.body));
    questions.push(question);
    const owned = OWNED[question.user]?.includes(`${question.kind} ${question.id}`) ?? false;
    const answered = owned ? onOwned : status;
    return new Response(answered === 204 ? null : "x", { status: answered });
  };
  return { fetch, questions };
}

const env = {
  ...jwtEnvironment,
  REALTIME_JWT_SECRET: JWT_SECRET,
  REALTIME_OWNERSHIP_URL: "https://platform.example/owners",
  REALTIME_OWNERSHIP_SECRET: "ownership-s3cr3t",
};
const now = (): number => NOW_SECONDS * 1000;
const headersOf = (claims: Claims) => bearer(makeToken(hmac(JWT_SECRET), { ...goodClaims, ...claims }));

describe.each(PUBLISHED_FORMS)("jwt mode with ownership, publishing to %s channels", (form) => {
  const ask = async (claims: Claims, fetch: typeof globalThis.fetch) => {
    const asked = authFunction({ ...env, ...formEnvironment(form) }, { now, fetch });
    const answers = await asked.subscribeEach(SOCKET, CHANNEL_NAMES, headersOf(claims));
    return Object.fromEntries(answers.map((answer, index) => [CHANNEL_NAMES[index], outcomeOf(answer)]));
  };

  describe.each([403, 404])("if the platform denies with %i", (status) => {
    it.each(Object.entries(OPENED))("%s may subscribe to %j", async (sub, opened) => {
      const found = await ask({ sub }, platform(status).fetch);
      expect(found).toEqual(outcomes([...opened, ...KNOWN], form, "403 not_owner"));
    });

    it("a grant opens channels beside the user's own", async () => {
      const found = await ask({ sub: "user-1", realtime: { channels: ["audit-10", "job-*"] } }, platform(status).fetch);
      const opened = ["audit-1", "audit-10", "audit-a=3Ab", "fiche-10", "job-1"] as const;
      expect(found).toEqual(outcomes([...opened, ...KNOWN], form, "403 not_owner"));
    });
  });

  it.each([200, 201, 202, 301, 302, 304, 307, 400, 401, 402, 405, 410, 418, 429, 500, 502, 503])(
    "a platform that answers %i is unavailable: 503",
    async (status) => {
      const found = await ask({ sub: "user-1" }, platform(status, status).fetch);
      expect(found).toEqual(outcomes(KNOWN, form, "503 ownership_unavailable"));
    },
  );

  it("a platform that does not answer is unavailable: 503", async () => {
    const found = await ask({ sub: "user-1" }, () => Promise.reject(new TypeError("fetch failed")));
    expect(found).toEqual(outcomes(KNOWN, form, "503 ownership_unavailable"));
  });

  it("the platform gets no question that the name, the kind or a grant decides", async () => {
    const { fetch, questions } = platform(403);
    await ask({ sub: "user-1", realtime: { channels: ["audit-*"] } }, fetch);
    const prefixes =
      form === "public" ? ["presence-"] : ["presence-", form === "private" ? "private-" : "private-encrypted-"];
    const due = prefixes.flatMap((prefix) =>
      [
        ["fiche", "1"],
        ["fiche", "10"],
        ["job", "1"],
      ].map(([kind, id]) => ({ user: "user-1", kind, id, channel: `${prefix}${kind}-${id}` })),
    );
    const byChannel = (a: { channel: string }, b: { channel: string }): number => a.channel.localeCompare(b.channel);
    expect([...questions].sort(byChannel)).toEqual(due.sort(byChannel));
  });
});
