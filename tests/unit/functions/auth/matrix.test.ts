import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AuthFunction,
  authFunction,
  bearer,
  type GatewayAnswer,
  outcomeOf,
} from "../../../support/auth-function.ts";
import { jwtEnvironment, KEY_SOURCES, startIssuer } from "../../../support/key-sources.ts";
import {
  allOf,
  CHANNEL_NAMES,
  formEnvironment,
  type Outcomes,
  outcomes,
  PUBLISHED_FORMS,
  SUBJECTS,
} from "../../../support/matrix-channels.ts";
import { GRANT_ROWS } from "../../../support/matrix-grants.ts";
import { badTokenRows, goodClaims, NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { type Claims, makeToken } from "../../../support/tokens.ts";

const SOCKET = "1234.1234";
const KNOWN = ["global", "realtime-test"] as const;
const now = (): number => NOW_SECONDS * 1000;

const issuer = await startIssuer();
afterAll(() => issuer.goDown());

type Headers = Readonly<Record<string, string>>;
const authorization = (value: string | undefined): Headers => (value === undefined ? {} : { authorization: value });

/** The outcome of every name, with one request for each. */
async function askSingly(asked: AuthFunction, headers: Headers): Promise<Outcomes> {
  const found: [string, string][] = [];
  for (const name of CHANNEL_NAMES) found.push([name, outcomeOf(await asked.subscribe(SOCKET, name, headers))]);
  return Object.fromEntries(found);
}

/** The outcome of every name, with one request for all. */
async function askAtOnce(asked: AuthFunction, headers: Headers): Promise<Outcomes> {
  const answers = await asked.subscribeEach(SOCKET, CHANNEL_NAMES, headers);
  return Object.fromEntries(answers.map((answer, index) => [CHANNEL_NAMES[index], outcomeOf(answer)]));
}

/** The function with the issuer's keys in its cache. On a busy machine, the first request for them may take too long. */
async function withKeys(env: Readonly<Record<string, string>>, goodToken: string): Promise<AuthFunction> {
  for (;;) {
    const asked = authFunction(env, { now });
    if (outcomeOf(await asked.subscribe(SOCKET, "private-global", bearer(goodToken))) !== "503 jwks_unavailable")
      return asked;
  }
}

const headersOf = ({ headers, body }: GatewayAnswer) => [
  headers["www-authenticate"],
  headers["content-type"],
  body.auth,
];

describe.each(KEY_SOURCES)("jwt mode, keys from $name", (source) => {
  const makers = source.makersOf(issuer);
  const env = { ...jwtEnvironment, ...source.environmentOf(issuer) };
  const tokenOf = (claims: Claims): string => makeToken(makers.issuer, { ...goodClaims, ...claims });
  let askedPrivate: AuthFunction;
  beforeAll(async () => {
    askedPrivate = await withKeys(env, tokenOf({}));
  });

  describe.each(PUBLISHED_FORMS)("publishing to %s channels", (form) => {
    let asked: AuthFunction;
    beforeAll(async () => {
      asked = await withKeys({ ...env, ...formEnvironment(form) }, tokenOf({}));
    });

    it.each(GRANT_ROWS)("%s", async (_, realtime, opens) => {
      const found = await askAtOnce(asked, bearer(tokenOf({ realtime })));
      const denied = (realtime ?? undefined) === undefined ? "403 token_without_grants" : "403 not_granted";
      expect(found).toEqual(outcomes([...opens, ...KNOWN], form, denied));
    });

    it("gives each name the same outcome in a request of its own", async () => {
      const headers = bearer(tokenOf({ realtime: { channels: ["audit-1", "fiche-*"] } }));
      expect(await askSingly(asked, headers)).toEqual(await askAtOnce(asked, headers));
    });

    it.each(badTokenRows(makers))(
      "answers 401 $code to a batch of all channels: $name",
      async ({ authorization: value, code }) => {
        expect(await askAtOnce(asked, authorization(value))).toEqual(allOf(`401 ${code}`));
      },
    );
  });

  it.each(badTokenRows(makers))("answers 401 $code to each channel: $name", async ({ authorization: value, code }) => {
    expect(await askSingly(askedPrivate, authorization(value))).toEqual(allOf(`401 ${code}`));
  });

  it.each(badTokenRows(makers))(
    "names the scheme to use, and denies a sign-in: $name",
    async ({ authorization: value, code }) => {
      for (const answer of [
        await askedPrivate.subscribe(SOCKET, "private-global", authorization(value)),
        await askedPrivate.post("/user-auth", { socket_id: SOCKET }, authorization(value)),
      ]) {
        expect(outcomeOf(answer)).toBe(`401 ${code}`);
        expect(headersOf(answer)).toEqual([expect.stringMatching(/^Bearer/), "application/problem+json", undefined]);
      }
    },
  );

  it.each([
    ["that expired within the tolerance", { exp: NOW_SECONDS - 29 }],
    ["that is valid later, within the tolerance", { nbf: NOW_SECONDS + 30 }],
    ["for several audiences", { aud: ["another-service", goodClaims.aud] }],
    ["with other claims", { azp: "x", scope: "openid", realtime: { channels: [], other: 1 } }],
  ])("accepts a token %s", async (_, claims) => {
    const granting = { realtime: { channels: [] }, ...claims };
    expect(await askAtOnce(askedPrivate, bearer(tokenOf(granting)))).toEqual(outcomes(KNOWN, "private"));
  });

  it.each(["bearer", "BEARER", "bEaReR", "Bearer "])("accepts the scheme %j", async (scheme) => {
    const answer = await askedPrivate.subscribe(SOCKET, "private-global", {
      authorization: `${scheme} ${tokenOf({})}`,
    });
    expect(outcomeOf(answer)).toBe("signed");
  });
});

describe.each(PUBLISHED_FORMS)("open mode, publishing to %s channels", (form) => {
  it.each([undefined, "Bearer nonsense", "Basic x"])(
    "authorizes every channel of the gateway, whatever the authorization header: %s",
    async (value) => {
      const asked = authFunction(formEnvironment(form));
      expect(await askAtOnce(asked, authorization(value))).toEqual(outcomes(SUBJECTS, form));
      expect(await askSingly(asked, authorization(value))).toEqual(outcomes(SUBJECTS, form));
      expect(outcomeOf(await asked.post("/user-auth", { socket_id: SOCKET }))).toBe("403 users_unknown");
    },
  );
});
