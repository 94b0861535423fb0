import type { IssuerFixture } from "./fixture.ts";

const CLIENT = "client_01EXAMPLE0000000000000000";

/** https://workos.com/docs/reference/authkit/session-tokens: the access token has neither `aud` nor a client. */
export const workos: IssuerFixture = {
  issuer: "WorkOS AuthKit, access token with a JWT template",
  alg: "RS256",
  settings: {
    REALTIME_JWT_JWKS_URL: `https://api.workos.com/sso/jwks/${CLIENT}`,
    REALTIME_JWT_ISSUER: `https://api.workos.com/user_management/${CLIENT},https://api.workos.com`,
    REALTIME_JWT_AUDIENCE: "realtime",
  },
  claims: {
    iss: "https://api.workos.com",
    aud: "realtime",
    sub: "user_01EXAMPLEANN",
    sid: "session_01EXAMPLE",
    jti: "01EXAMPLEJTI",
    org_id: "org_01EXAMPLE",
    role: "member",
    permissions: ["audits:read"],
    realtime: { channels: ["audit-42"] },
  },
  user: "user_01EXAMPLEANN",
  opens: "private-audit-42",
  grants: '`"aud": "realtime"` and `"realtime": {{user.metadata.realtime}}` in the JWT template',
  denied: [
    {
      what: "a token without the template, which names neither audience nor client",
      claims: { aud: undefined, realtime: undefined },
      settings: { REALTIME_JWT_CLIENT_ID: CLIENT },
      because: "audience",
    },
    { what: "a template without the grants", claims: { realtime: undefined }, because: "token_without_grants" },
  ],
};
