import type { IssuerFixture } from "./fixture.ts";

const REALM = "https://id.acme.example/realms/acme";
const SUB = "f3b1c2d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d";

/** https://www.keycloak.org/docs/latest/server_admin/#_protocol-mappers */
export const keycloak: IssuerFixture = {
  issuer: "Keycloak, access token",
  alg: "RS256",
  settings: {
    REALTIME_JWT_JWKS_URL: `${REALM}/protocol/openid-connect/certs`,
    REALTIME_JWT_ISSUER: REALM,
    REALTIME_JWT_AUDIENCE: "realtime",
  },
  claims: {
    jti: "onrtac:9f3d6f0a-1111-4222-8333-444455556666",
    iss: REALM,
    aud: ["realtime", "account"],
    sub: SUB,
    typ: "Bearer",
    azp: "web",
    sid: "7f0a1b2c-1111-4222-8333-444455556666",
    realm_access: { roles: ["offline_access", "default-roles-acme"] },
    scope: "openid profile email",
    preferred_username: "ann",
    realtime: { channels: "audit-42" },
  },
  user: SUB,
  opens: "private-audit-42",
  grants:
    "an audience mapper adds `realtime`; a user attribute mapper writes the claim `realtime.channels`, or the claim `realtime` as JSON or text",
  denied: [
    { what: "a token without the audience mapper", claims: { aud: "account" }, because: "audience" },
    {
      what: "the same with a client id, as the token has an `aud`",
      claims: { aud: "account" },
      settings: { REALTIME_JWT_CLIENT_ID: "web" },
      because: "audience",
    },
    { what: "a lightweight token without `sub`", claims: { sub: undefined }, because: "no_user" },
    { what: "another realm", claims: { iss: "https://id.acme.example/realms/master" }, because: "issuer" },
  ],
};
