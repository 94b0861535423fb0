import type { IssuerFixture } from "./fixture.ts";

/** https://auth0.com/docs/secure/tokens/access-tokens: custom claims need a namespace. */
export const auth0: IssuerFixture = {
  issuer: "Auth0, access token of an API",
  alg: "RS256",
  settings: {
    REALTIME_JWT_JWKS_URL: "https://acme.eu.auth0.com/.well-known/jwks.json",
    REALTIME_JWT_ISSUER: "https://acme.eu.auth0.com/",
    REALTIME_JWT_AUDIENCE: "https://api.acme.example",
    REALTIME_JWT_GRANTS_CLAIM: "https://acme.example/realtime",
  },
  claims: {
    iss: "https://acme.eu.auth0.com/",
    sub: "auth0|5f7c8ec7c33c6c004bbafe82",
    aud: ["https://api.acme.example", "https://acme.eu.auth0.com/userinfo"],
    azp: "iJ2nT6q1Yx0bqkYz9hGZ5r0tq7n3cVbE",
    scope: "openid profile email",
    "https://acme.example/realtime": { channels: ["audit-42"], user_info: { name: "Ann" } },
  },
  user: "auth0|5f7c8ec7c33c6c004bbafe82",
  opens: "private-audit-42",
  grants: "an Action sets the namespaced claim: `api.accessToken.setCustomClaim`",
  denied: [
    {
      what: "an issuer without its last slash",
      settings: { REALTIME_JWT_ISSUER: "https://acme.eu.auth0.com" },
      because: "issuer",
    },
    {
      what: "the ID token, whose `aud` is the client",
      claims: { aud: "iJ2nT6q1Yx0bqkYz9hGZ5r0tq7n3cVbE" },
      because: "audience",
    },
    {
      what: "the encrypted token of a login without an API",
      text: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXZpdml2aXZpdml2.Y2lwaGVydGV4dA.dGFndGFndGFndGFndGFndA",
      because: "not_a_jwt",
    },
  ],
};
