import { accessSettings, readConfig } from "@realtime-gateway/settings";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MintOptions, parseMintArguments } from "../../../packages/operations/src/cli/mint-arguments.ts";
import { explainToken } from "../../../packages/operations/src/token/explain-token.ts";
import { mintToken } from "../../../packages/operations/src/token/mint-token.ts";
import { AUDIENCE, ISSUER, JWT_SECRET, PROXY_SECRET } from "../../support/tokens.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const JWT = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: JWT_SECRET,
  REALTIME_JWT_ISSUER: `${ISSUER},https://other.example`,
  REALTIME_JWT_AUDIENCE: AUDIENCE,
};
const PROXY = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET };

function optionsOf(...argv: readonly string[]): MintOptions {
  const parsed = parseMintArguments(argv);
  if (parsed.kind !== "run") throw new Error(JSON.stringify(parsed));
  return parsed.options;
}

const mint = (env: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  mintToken(readConfig(accessSettings, env), optionsOf(...argv), NOW);

async function explain(env: Readonly<Record<string, string>>, channel: string, ...argv: readonly string[]) {
  const minted = await mint(env, ...argv);
  if (!minted.ok) throw new Error(minted.reasons.join());
  const deps = { fetch, now: () => NOW };
  return await explainToken(readConfig(accessSettings, env), minted.token, channel, deps);
}

describe("a minted token", () => {
  it("opens the channels of its grants, and no others", async () => {
    const argv = ["--user", "u1", "--grant", "audit-*", "--grant", "fiche-7"];
    for (const channel of ["private-audit-42", "presence-audit-1", "private-fiche-7", "private-global"])
      expect(await explain(JWT, channel, ...argv)).toMatchObject({ user: "u1", channel: { authorized: true } });
    expect(await explain(JWT, "private-fiche-8", ...argv)).toMatchObject({ channel: { authorized: false } });
  });

  it.each([
    ["HS512", { REALTIME_JWT_ALGORITHMS: "HS512" }],
    [
      "claims of other names",
      { REALTIME_JWT_USER_CLAIM: "app.user", REALTIME_JWT_GRANTS_CLAIM: "https://a.example/g" },
    ],
    ["a JWKS beside the secret", { REALTIME_JWT_JWKS_URL: "https://issuer.example/jwks" }],
  ])("works with %s", async (_what, env) => {
    const explained = await explain({ ...JWT, ...env }, "private-audit-42", "--user", "u1", "--grant", "audit-42");
    expect(explained).toMatchObject({ verified: true, user: "u1", channel: { authorized: true } });
  });

  it("verifies for every user, grant and lifetime", async () => {
    const grants = fc.array(fc.constantFrom("*", "audit-*", "audit-42", "fiche-a=3Ab", "job-1"), { maxLength: 3 });
    const users = fc.string({ minLength: 1 }).filter((user) => !user.startsWith("-"));
    await fc.assert(
      fc.asyncProperty(users, grants, fc.integer({ min: 1, max: 1_000_000 }), async (user, channels, seconds) => {
        const flags = channels.flatMap((grant) => ["--grant", grant]);
        const explained = await explain(JWT, "private-global", `--user=${user}`, ...flags, "--seconds", `${seconds}`);
        expect(explained).toMatchObject({ verified: true, user, channel: { authorized: true } });
        expect(explained.grants?.opens).toEqual([...new Set(channels)]);
      }),
      { numRuns: 50 },
    );
  });

  it("is not made behind a JWKS or a public key, and in mode open", async () => {
    const { REALTIME_JWT_SECRET: _, ...withoutSecret } = JWT;
    const jwks = { ...withoutSecret, REALTIME_JWT_JWKS_URL: "https://issuer.example/jwks" };
    expect(await mint(jwks, "--user", "u1")).toEqual({
      ok: false,
      reasons: ["only the issuer can sign tokens for the keys of REALTIME_JWT_JWKS_URL"],
    });
    expect(await mint({}, "--user", "u1")).toMatchObject({
      ok: false,
      reasons: [expect.stringMatching(/needs no token/)],
    });
  });
});

describe("a minted assertion", () => {
  it("is for its connection and its channels", async () => {
    const argv = ["--user", "u1", "--socket-id", "1.2", "--channel", "private-audit-42"];
    expect(await explain(PROXY, "private-audit-42", ...argv)).toMatchObject({ channel: { authorized: true } });
    expect(await explain(PROXY, "private-audit-43", ...argv)).toMatchObject({ channel: { authorized: false } });
  });

  it("is not made without a connection, for a channel that does not exist, or for longer than a minute", async () => {
    const minted = await mint(PROXY, "--user", "u1", "--channel", "audit-42", "--seconds", "61", "--grant", "*");
    expect(minted).toMatchObject({
      ok: false,
      reasons: [/--grant is for/, /--socket-id is missing/, /60 or less/, /^--channel audit-42: /].map((text) =>
        expect.stringMatching(text),
      ),
    });
  });
});

describe("the arguments of mint", () => {
  it.each([
    [["--grant", "private-audit-42"], "--grant private-audit-42 opens no channel: write audit-42"],
    [["--grant", "audit"], "--grant audit opens no channel: a grant is audit-42"],
    [["--info", "[]"], "--info must be a JSON object"],
    [["--seconds", "0"], "--seconds must be a number from 1 to"],
    [["--seconds", "999999999"], "--seconds must be a number from 1 to"],
    [["u1"], 'unexpected argument "u1"'],
  ])("%j are invalid", (argv, complaint) => {
    expect(parseMintArguments(argv)).toMatchObject({
      kind: "invalid",
      complaints: expect.arrayContaining([expect.stringContaining(complaint), "--user is missing"]),
    });
  });
});
