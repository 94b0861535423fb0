import { describe, expect, it } from "vitest";
import { type AuthFunction, authFunction, bearer, type GatewayAnswer } from "../../../support/auth-function.ts";
import { ISSUERS, type IssuerFixture, type NearMiss } from "../../../support/issuers/index.ts";
import { NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { faults } from "../../../support/settings.ts";
import { createKeyPair, hmac, JWT_SECRET, makeToken } from "../../../support/tokens.ts";

const SOCKET = "1234.1234";
const KID = "key-1";

/** The keys of one issuer and of a stranger. Each run makes them anew. */
function keysOf({ alg }: IssuerFixture) {
  const own = createKeyPair(alg === "HS256" ? "ES256" : alg, KID);
  const byKeyPair = { own: own.signer, stranger: createKeyPair(alg === "HS256" ? "ES256" : alg, KID).signer };
  const bySecret = { own: hmac(JWT_SECRET), stranger: hmac(JWT_SECRET.toUpperCase()) };
  return { jwk: own.jwk, byKeyPair, signers: alg === "HS256" ? bySecret : byKeyPair };
}

const environmentOf = ({ settings }: IssuerFixture, changed: NearMiss["settings"]) => ({
  REALTIME_AUTH_MODE: "jwt",
  ...settings,
  ...changed,
  ...(settings.REALTIME_JWT_SECRET !== undefined && { REALTIME_JWT_SECRET: JWT_SECRET }),
});

/** A gateway that trusts the issuer, and tokens as the issuer writes them. */
function worldOf(fixture: IssuerFixture) {
  const keys = keysOf(fixture);
  const jwks: typeof globalThis.fetch = async (url) => {
    expect(String(url)).toBe(fixture.settings.REALTIME_JWT_JWKS_URL);
    return Response.json({ keys: [keys.jwk] });
  };
  const gateway = (changed?: NearMiss["settings"]): AuthFunction =>
    authFunction(environmentOf(fixture, changed), { now: () => NOW_SECONDS * 1000, fetch: jwks });
  const tokenOf = ({ claims, byStranger }: Pick<NearMiss, "claims" | "byStranger"> = {}, signers = keys.signers) =>
    makeToken(signers[byStranger ? "stranger" : "own"], {
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + 300,
      ...fixture.claims,
      ...claims,
    });
  const subscribe = (asked: AuthFunction, token: string, channel = fixture.opens): Promise<GatewayAnswer> =>
    asked.subscribe(SOCKET, channel, bearer(token));

  return { gateway, tokenOf, subscribe, keys };
}

describe.each(ISSUERS)("a token of $issuer", (fixture) => {
  const { gateway, tokenOf, subscribe } = worldOf(fixture);

  it("opens the channels that its grants name, and no others", async () => {
    const asked = gateway();
    expect(await subscribe(asked, tokenOf())).toMatchObject({ status: 200 });
    expect(await subscribe(asked, tokenOf(), "private-audit-420")).toMatchObject({ body: { code: "not_granted" } });
  });

  it("signs its user in", async () => {
    const { body } = await gateway().post("/user-auth", { socket_id: SOCKET }, bearer(tokenOf()));
    expect(JSON.parse(String(body.user_data))).toMatchObject({ id: fixture.user });
  });

  it("opens nothing after it has expired, or if a stranger signs it", async () => {
    const asked = gateway();
    for (const bad of [tokenOf({ claims: { exp: NOW_SECONDS - 60 } }), tokenOf({ byStranger: true })])
      expect(await subscribe(asked, bad)).toMatchObject({ status: 401 });
    expect(asked.records.map(({ check }) => check)).toEqual(["expired", "signature"]);
  });

  it.each(fixture.denied)("is denied: $what", async ({ settings, text, because, ...miss }) => {
    if (because.startsWith("REALTIME_")) {
      expect(faults(environmentOf(fixture, settings))).toEqual([expect.stringMatching(new RegExp(`^${because} must`))]);
      return;
    }
    const asked = gateway(settings);
    const { status } = await subscribe(asked, text ?? tokenOf(miss));
    expect([status, asked.records.map(({ check, code }) => check ?? code)]).toEqual([
      because === "token_without_grants" ? 403 : 401,
      [because],
    ]);
  });
});

it("a secret and a JWKS side by side accept old and new tokens of an issuer that moves, and no stranger's", async () => {
  const moving = ISSUERS.filter(({ alg, settings }) => alg === "HS256" && settings.REALTIME_JWT_JWKS_URL !== undefined);
  expect(moving).toHaveLength(1);
  for (const { gateway, tokenOf, subscribe, keys } of moving.map(worldOf)) {
    for (const signers of [keys.signers, keys.byKeyPair]) {
      expect(await subscribe(gateway(), tokenOf({}, signers))).toMatchObject({ status: 200 });
      expect(await subscribe(gateway(), tokenOf({ byStranger: true }, signers))).toMatchObject({ status: 401 });
    }
  }
});
