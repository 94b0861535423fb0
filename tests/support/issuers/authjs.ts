import type { IssuerFixture } from "./fixture.ts";

/** A session cookie of Auth.js: encrypted with a key that it derives from `AUTH_SECRET`. */
const ENCRYPTED_SESSION =
  "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIiwia2lkIjoiZXhhbXBsZSJ9..aXZpdml2aXZpdml2aXZpdg.Y2lwaGVydGV4dA.dGFndGFndGFndGFndGFndGFndGFndGFndGFndGFndGE";

/** https://authjs.dev/reference/core/jwt: sessions are encrypted, so the app signs a token of its own for the gateway. */
export const authjs: IssuerFixture = {
  issuer: "Auth.js (NextAuth), a token that a route of the app signs",
  alg: "HS256",
  settings: {
    REALTIME_JWT_SECRET: "a secret of its own, not AUTH_SECRET",
    REALTIME_JWT_ISSUER: "https://app.acme.example",
    REALTIME_JWT_AUDIENCE: "realtime",
  },
  claims: {
    iss: "https://app.acme.example",
    aud: "realtime",
    sub: "clx0exampleann",
    name: "Ann",
    realtime: { channels: ["audit-42"] },
  },
  user: "clx0exampleann",
  opens: "private-audit-42",
  grants:
    "the route reads `auth()` and signs with `jose`. `REALTIME_AUTH_MODE=proxy` needs no token at all (`examples/nextjs`)",
  denied: [
    {
      what: "the session cookie itself: it is encrypted, and no setting accepts it",
      text: ENCRYPTED_SESSION,
      because: "not_a_jwt",
    },
    { what: "a token without an audience", claims: { aud: undefined }, because: "audience" },
  ],
};
