import type { IssuerFixture } from "./fixture.ts";

const UID = "kQ3example0Uid1Firebase2Ann";

/** https://firebase.google.com/docs/auth/admin/verify-id-tokens */
export const firebase: IssuerFixture = {
  issuer: "Firebase, ID token",
  alg: "RS256",
  settings: {
    REALTIME_JWT_JWKS_URL: "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
    REALTIME_JWT_ISSUER: "https://securetoken.google.com/acme-prod",
    REALTIME_JWT_AUDIENCE: "acme-prod",
  },
  claims: {
    iss: "https://securetoken.google.com/acme-prod",
    aud: "acme-prod",
    auth_time: 1_800_000_000,
    user_id: UID,
    sub: UID,
    email: "ann@acme.example",
    email_verified: true,
    firebase: { identities: { email: ["ann@acme.example"] }, sign_in_provider: "password" },
    realtime: { channels: ["audit-42"] },
  },
  user: UID,
  opens: "private-audit-42",
  grants: "a custom claim: `setCustomUserClaims(uid, { realtime })`, 1,000 bytes at most",
  denied: [
    {
      what: "another project, although Google signs for both with the same keys",
      claims: { iss: "https://securetoken.google.com/evil-prod", aud: "evil-prod" },
      because: "issuer",
    },
    {
      what: "another project's audience",
      claims: { aud: "evil-prod" },
      because: "audience",
    },
    {
      what: "a custom token for `signInWithCustomToken`, which a service account signs",
      byStranger: true,
      because: "signature",
    },
  ],
};
