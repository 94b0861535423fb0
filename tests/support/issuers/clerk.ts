import type { IssuerFixture } from "./fixture.ts";

const ORIGIN = "https://app.acme.example";

/** https://clerk.com/docs/guides/sessions/session-tokens (version 2) */
export const clerk: IssuerFixture = {
  issuer: "Clerk, session token",
  alg: "RS256",
  settings: {
    REALTIME_JWT_JWKS_URL: "https://clerk.acme.example/.well-known/jwks.json",
    REALTIME_JWT_ISSUER: "https://clerk.acme.example",
    REALTIME_JWT_AUDIENCE: "realtime",
    REALTIME_JWT_CLIENT_ID: ORIGIN,
  },
  claims: {
    azp: ORIGIN,
    fva: [7, -1],
    iss: "https://clerk.acme.example",
    jti: "a1b2c3d4e5f6",
    sid: "sess_2example",
    sub: "user_2exampleAnn",
    sts: "active",
    v: 2,
    realtime: { channels: ["audit-42", "fiche-*"] },
  },
  user: "user_2exampleAnn",
  opens: "private-fiche-7",
  grants: '"Customize session token" writes `"realtime": "{{user.public_metadata.realtime}}"`',
  denied: [
    { what: "a session of another origin", claims: { azp: "https://app.evil.example" }, because: "audience" },
    { what: "a session without an origin", claims: { azp: undefined }, because: "audience" },
    {
      what: "grants in metadata that users write",
      settings: { REALTIME_JWT_GRANTS_CLAIM: "unsafe_metadata.realtime" },
      because: "REALTIME_JWT_GRANTS_CLAIM",
    },
  ],
};
