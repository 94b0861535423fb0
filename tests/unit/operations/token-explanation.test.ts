import { describe, expect, it } from "vitest";
import { explainToken } from "../../../packages/operations/src/token/explain-token.ts";
import { renderExplanation } from "../../../packages/operations/src/token/render-explanation.ts";
import { accessSettings } from "../../../packages/settings/src/auth.ts";
import { readConfig } from "../../../packages/settings/src/read-config.ts";
import { authFunction, bearer, outcomeOf } from "../../support/auth-function.ts";
import { jwtEnvironment, KEY_SOURCES, startIssuer } from "../../support/key-sources.ts";
import { CHANNEL_NAMES } from "../../support/matrix-channels.ts";
import { badTokenRows, goodClaims, NOW_SECONDS } from "../../support/matrix-tokens.ts";
import { type Claims, createKeyPair, hmac, JWT_SECRET, makeToken, PROXY_SECRET } from "../../support/tokens.ts";

type Env = Readonly<Record<string, string>>;
const now = (): number => NOW_SECONDS * 1000;
const environment = { ...jwtEnvironment, REALTIME_JWT_SECRET: JWT_SECRET };
const tokenOf = (claims: Claims = {}): string => makeToken(hmac(JWT_SECRET), { ...goodClaims, ...claims });
const explain = (token: string, channel?: string, env: Env = environment, fetch = globalThis.fetch) =>
  explainToken(readConfig(accessSettings, env), token, channel, { fetch, now });

describe("the explanation of a token", () => {
  it("names the user and the channels that the token opens", async () => {
    const explanation = await explain(tokenOf({ realtime: { channels: ["audit-42", "fiche-*", "audit-", 7] } }));
    expect(explanation).toMatchObject({
      verified: true,
      user: "user-1",
      grants: { opens: ["audit-42", "fiche-*"], ignored: 2 },
    });
    expect(renderExplanation(explanation)).toContain(
      "opens     audit-42, fiche-* (2 ignored); global and realtime-test",
    );
  });

  it("names the setting for a token that has no claim with grants", async () => {
    const explanation = await explain(tokenOf(), "private-audit-42");
    expect(explanation.channel).toMatchObject({ authorized: false, code: "token_without_grants" });
    expect(renderExplanation(explanation)).toContain("REALTIME_JWT_GRANTS_CLAIM");
  });

  it("leaves the answer to the platform where no grant covers the channel, without asking it", async () => {
    const env = { ...environment, REALTIME_OWNERSHIP_URL: "https://platform.example", REALTIME_OWNERSHIP_SECRET: "s" };
    const fetch = (): never => {
      throw new Error("the platform is asked");
    };
    const { channel } = await explain(tokenOf(), "private-audit-42", env, fetch);
    expect(channel).toMatchObject({
      authorized: "platform",
      detail: expect.stringContaining("REALTIME_OWNERSHIP_URL"),
    });
  });

  it.each<[string, string, string]>([
    ["issuer", tokenOf({ iss: "https://other.example" }), "REALTIME_JWT_ISSUER"],
    ["audience", tokenOf({ aud: undefined, client_id: "app" }), "REALTIME_JWT_CLIENT_ID"],
    ["signature", makeToken(hmac("x".repeat(32)), goodClaims), "REALTIME_JWT_SECRET"],
    ["algorithm", makeToken(hmac(JWT_SECRET, 512), goodClaims), "REALTIME_JWT_ALGORITHMS"],
    ["no_user", tokenOf({ sub: undefined }), "REALTIME_JWT_USER_CLAIM"],
  ])("names the failed check %s and the settings to compare", async (check, token, setting) => {
    const explanation = await explain(token);
    expect(explanation).toMatchObject({ verified: false, failure: { check } });
    expect(explanation.failure?.settings).toContain(setting);
    expect(renderExplanation(explanation)).toMatch(
      new RegExp(`denied by the check ${check}[^]*compare .*${setting}`.replace("[^]", "[\\s\\S]")),
    );
  });

  it("shows the claims to compare, without control characters", async () => {
    const rendered = renderExplanation(
      await explain(tokenOf({ iss: "https://other.example\u001b[2J", exp: 1_800_000_300_000 })),
    );
    expect(rendered).toContain("iss       https://other.example\\u{1b}[2J");
    expect(rendered).toContain("exp       1800000300000 (+059009-09-27");
    expect(rendered).toContain(`aud       ${goodClaims.aud}`);
  });

  it("blames the keys and not the token if the issuer does not answer", async () => {
    const { REALTIME_JWT_SECRET: _, ...withoutKey } = environment;
    const env = { ...withoutKey, REALTIME_JWT_JWKS_URL: "https://id.example/jwks" };
    const token = makeToken(createKeyPair("ES256", "k").signer, goodClaims);
    expect(await explain(token, undefined, env, async () => new Response("", { status: 404 }))).toMatchObject({
      verified: false,
      failure: { check: "keys_unavailable", detail: "status 404", settings: ["REALTIME_JWT_JWKS_URL"] },
    });
  });

  it("explains an assertion in proxy mode, and that open mode reads no token", async () => {
    const env = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET };
    const times = { iat: NOW_SECONDS, exp: NOW_SECONDS + 30 };
    const assertion = makeToken(hmac(PROXY_SECRET), {
      sub: "ann",
      socket_id: "1.1",
      channel: "private-global",
      ...times,
    });
    expect(await explain(assertion, "private-global", env)).toMatchObject({
      user: "ann",
      channel: { authorized: true },
    });
    expect(await explain(assertion, "private-audit-1", env)).toMatchObject({ channel: { code: "assertion_mismatch" } });
    expect(await explain("x", "private-audit-1", {})).toMatchObject({
      verified: undefined,
      channel: { authorized: true },
    });
  });
});

describe("the explanation and the auth function agree", async () => {
  const issuer = await startIssuer();
  const source = KEY_SOURCES.find(({ name }) => name === "an SPKI PEM beside a secret");
  if (source === undefined) throw new Error("the key source has another name now");
  const env = { ...jwtEnvironment, ...source.environmentOf(issuer) };
  const makers = source.makersOf(issuer);
  await issuer.goDown();

  it.each([{ channels: ["audit-1", "fiche-*"] }, { channels: "*" }, '{"channels":["audit-1"]}', undefined, null])(
    "for the grants %j",
    async (realtime) => {
      const token = makeToken(makers.issuer, { ...goodClaims, realtime });
      const asked = authFunction(env, { now });
      for (const name of CHANNEL_NAMES) {
        const { channel } = await explain(token, name, env);
        const outcome = channel?.authorized === true ? "signed" : `403 ${channel?.code}`;
        expect([name, outcome]).toEqual([name, outcomeOf(await asked.subscribe("1.1", name, bearer(token)))]);
      }
    },
  );

  const rows = badTokenRows(makers).filter(({ code }) => code === "invalid_token");
  it.each(rows)("for a bad token, of which it prints nothing: $name", async ({ authorization = "" }) => {
    const token = authorization.replace(/^Bearer /, "");
    const asked = authFunction(env, { now });
    await asked.subscribe("1.1", "private-global", bearer(token));
    const explanation = await explain(token, "private-global", env);
    expect([explanation.failure?.check]).toEqual(asked.records.map(({ check }) => check));
    const printed = renderExplanation(explanation) + JSON.stringify(explanation);
    for (const part of [...token.split("."), JWT_SECRET].filter((text) => text.length > 10))
      expect(printed).not.toContain(part);
  });
});
