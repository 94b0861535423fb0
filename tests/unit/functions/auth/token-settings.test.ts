import { describe, expect, it } from "vitest";
import { authFunction, bearer, outcomeOf } from "../../../support/auth-function.ts";
import { jwtEnvironment } from "../../../support/key-sources.ts";
import { goodClaims, NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { AUDIENCE, type Claims, hmac, ISSUER, JWT_SECRET, makeToken } from "../../../support/tokens.ts";

const environment = { ...jwtEnvironment, REALTIME_JWT_SECRET: JWT_SECRET };
const granting = { ...goodClaims, realtime: { channels: ["audit-1"] } };

/** The outcome for a token, and the check or code in the log. */
async function ask(env: Readonly<Record<string, string>>, claims: Claims) {
  const asked = authFunction({ ...environment, ...env }, { now: () => NOW_SECONDS * 1000 });
  const token = makeToken(hmac(JWT_SECRET), { ...granting, ...claims });
  const outcome = outcomeOf(await asked.subscribe("1.1", "private-audit-1", bearer(token)));
  return [outcome, ...asked.records.map(({ check }) => check)];
}
const SIGNED = ["signed"];
const denied = (check: string) => ["401 invalid_token", check];

describe("several issuers and audiences", () => {
  const env = { REALTIME_JWT_ISSUER: `https://old.example, ${ISSUER}`, REALTIME_JWT_AUDIENCE: `web,${AUDIENCE}` };

  it.each<Claims>([{}, { iss: "https://old.example" }, { aud: "web" }, { aud: ["x", "web"] }])(
    "accept a token of any of them: %j",
    async (claims) => {
      expect(await ask(env, claims)).toEqual(SIGNED);
    },
  );

  it.each<[Claims, string]>([
    [{ iss: `https://old.example,${ISSUER}` }, "issuer"],
    [{ iss: `https://old.example, ${ISSUER}` }, "issuer"],
    [{ iss: "https://old.example/" }, "issuer"],
    [{ aud: `web,${AUDIENCE}` }, "audience"],
    [{ aud: "we" }, "audience"],
  ])("deny others: %j", async (claims, check) => {
    expect(await ask(env, claims)).toEqual(denied(check));
  });
});

describe("a client id", () => {
  const env = { REALTIME_JWT_CLIENT_ID: "app, https://app.example" };
  const withoutAudience = { aud: undefined };

  it.each<Claims>([
    { client_id: "app" },
    { azp: "app" },
    { azp: "https://app.example" },
    { client_id: "app", azp: "https://app.example" },
  ])("accepts a token without aud of this client: %j", async (claims) => {
    expect(await ask(env, { ...withoutAudience, ...claims })).toEqual(SIGNED);
    expect(await ask({}, { ...withoutAudience, ...claims })).toEqual(denied("audience"));
  });

  it.each<Claims>([
    {},
    { client_id: "other" },
    { azp: "ap" },
    { client_id: ["app"] },
    { client_id: null },
    { client_id: "app", azp: "other" },
    { client_id: "other", azp: "app" },
    { client_id: "app", azp: null },
    { cid: "app", appid: "app" },
  ])("denies a token without aud of another client: %j", async (claims) => {
    expect(await ask(env, { ...withoutAudience, ...claims })).toEqual(denied("audience"));
  });

  it.each([null, "", [], {}, "app", "other", ["app"]])(
    "counts only where aud is absent, not where it is %j",
    async (aud) => {
      expect(await ask(env, { aud, client_id: "app", azp: "app" })).toEqual(denied("audience"));
    },
  );

  it("does not replace the audience of tokens that have one", async () => {
    expect(await ask(env, { client_id: "other" })).toEqual(SIGNED);
  });
});

describe("the claim with the user", () => {
  it.each<[string, Claims]>([
    ["https://app.example/user", { "https://app.example/user": "ann", sub: undefined }],
    ["app.user.id", { app: { user: { id: "ann" } } }],
  ])("may be %s", async (name, claims) => {
    const asked = authFunction({ ...environment, REALTIME_JWT_USER_CLAIM: name }, { now: () => NOW_SECONDS * 1000 });
    const token = makeToken(hmac(JWT_SECRET), { ...granting, ...claims });
    const { body } = await asked.post("/user-auth", { socket_id: "1.1" }, bearer(token));
    expect(JSON.parse(String(body.user_data))).toEqual({ id: "ann" });
  });

  it.each([undefined, null, "", 42, ["ann"], { id: "ann" }])(
    "denies the token if it is %j, whatever sub is",
    async (uid) => {
      expect(await ask({ REALTIME_JWT_USER_CLAIM: "uid" }, { uid })).toEqual(denied("no_user"));
    },
  );
});

describe("the claim with the grants", () => {
  it("is absent if it is null, as some issuers write an empty attribute", async () => {
    expect(await ask({}, { realtime: null })).toEqual(["403 token_without_grants", undefined]);
    expect(await ask({}, { realtime: {} })).toEqual(["403 not_granted", undefined]);
  });

  it("may be another one, and then realtime grants nothing", async () => {
    const env = { REALTIME_JWT_GRANTS_CLAIM: "app_metadata.realtime" };
    expect(await ask(env, { app_metadata: { realtime: { channels: "audit-1" } } })).toEqual(SIGNED);
    expect(await ask(env, {})).toEqual(["403 token_without_grants", undefined]);
    expect(await ask(env, { app_metadata: { realtime: { channels: "audit-2" } } })).toEqual([
      "403 not_granted",
      undefined,
    ]);
  });

  it("is not needed where the platform decides by ownership", async () => {
    const env = { ...environment, REALTIME_OWNERSHIP_URL: "https://platform.example", REALTIME_OWNERSHIP_SECRET: "s" };
    const fetch = async () => new Response(null, { status: 204 });
    const asked = authFunction(env, { now: () => NOW_SECONDS * 1000, fetch });
    const token = makeToken(hmac(JWT_SECRET), goodClaims);
    expect(outcomeOf(await asked.subscribe("1.1", "private-audit-1", bearer(token)))).toBe("signed");
  });

  it("may hold the user's info as JSON text, too", async () => {
    const asked = authFunction(environment, { now: () => NOW_SECONDS * 1000 });
    const token = makeToken(hmac(JWT_SECRET), { ...goodClaims, realtime: '{"user_info":{"name":"Ann"}}' });
    const { body } = await asked.post("/user-auth", { socket_id: "1.1" }, bearer(token));
    expect(JSON.parse(String(body.user_data))).toEqual({ id: "user-1", user_info: { name: "Ann" } });
  });
});

describe("a time in milliseconds", () => {
  it("in exp is denied with a reason", async () => {
    const asked = authFunction(environment, { now: () => NOW_SECONDS * 1000 });
    const token = makeToken(hmac(JWT_SECRET), { ...granting, exp: (NOW_SECONDS + 300) * 1000 });
    const { body } = await asked.subscribe("1.1", "private-audit-1", bearer(token));
    expect(body).toMatchObject({ code: "invalid_token", detail: expect.stringContaining("milliseconds") });
  });
});

describe("the log of a denied token", () => {
  it.each<[string, Claims]>([
    ["expired", { exp: NOW_SECONDS - 3600 }],
    ["audience", { aud: "other" }],
    ["issuer", { iss: "https://other.example" }],
    ["no_user", { sub: undefined }],
    ["not_yet_valid", { nbf: NOW_SECONDS + 3600 }],
  ])("names the check %s, and nothing of the token", async (check, claims) => {
    const asked = authFunction(environment, { now: () => NOW_SECONDS * 1000 });
    const token = makeToken(hmac(JWT_SECRET), { ...granting, ...claims });
    await asked.subscribe("1.1", "private-audit-1", bearer(token));
    expect(asked.records).toEqual([
      expect.objectContaining({ level: "warn", message: "auth_denied", code: "invalid_token", status: 401, check }),
    ]);
    for (const part of token.split(".")) expect(JSON.stringify(asked.records)).not.toContain(part);
  });

  it.each([
    ["not_a_jwt", "x.y.z"],
    ["algorithm", makeToken(hmac(JWT_SECRET, 512), goodClaims)],
    ["signature", makeToken(hmac(JWT_SECRET.toUpperCase()), goodClaims)],
  ])("names the check %s", async (check, token) => {
    const asked = authFunction(environment, { now: () => NOW_SECONDS * 1000 });
    await asked.subscribe("1.1", "private-audit-1", bearer(token));
    expect(asked.records).toMatchObject([{ message: "auth_denied", check }]);
  });
});
