import type { IssuerFixture } from "./fixture.ts";

const APP = "https://app.acme.example";

/** https://better-auth.com/docs/plugins/jwt: issuer and audience are the app's base URL by default. */
export const betterAuth: IssuerFixture = {
  issuer: "Better Auth, JWT plugin",
  alg: "EdDSA",
  settings: {
    REALTIME_JWT_JWKS_URL: `${APP}/api/auth/jwks`,
    REALTIME_JWT_ISSUER: APP,
    REALTIME_JWT_AUDIENCE: APP,
  },
  claims: {
    iss: APP,
    aud: APP,
    sub: "Yb8example2Ann",
    id: "Yb8example2Ann",
    email: "ann@acme.example",
    realtime: { channels: ["audit-42"] },
  },
  user: "Yb8example2Ann",
  opens: "private-audit-42",
  grants: "`jwt({ jwt: { definePayload: ({ user }) => ({ …user, realtime }) } })`",
  denied: [
    {
      what: "the session token of the bearer plugin, which is no JWT",
      text: "Yb8exampleSessionToken.c2lnbmF0dXJl",
      because: "not_a_jwt",
    },
    { what: "a base URL with a slash more", settings: { REALTIME_JWT_ISSUER: `${APP}/` }, because: "issuer" },
  ],
};
