import type { IssuerFixture } from "./fixture.ts";

const TENANT = "11111111-aaaa-4bbb-8ccc-222222222222";
const API = "33333333-dddd-4eee-8fff-444444444444";
const OID = "55555555-aaaa-4bbb-8ccc-666666666666";
const V1 = `https://sts.windows.net/${TENANT}/`;
const V2 = `https://login.microsoftonline.com/${TENANT}/v2.0`;

const settings = {
  REALTIME_JWT_JWKS_URL: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
  REALTIME_JWT_ISSUER: `${V2},${V1}`,
  REALTIME_JWT_AUDIENCE: `${API},api://${API}`,
  REALTIME_JWT_USER_CLAIM: "oid",
};
const claims = {
  tid: TENANT,
  oid: OID,
  sub: "pairwise-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789",
  scp: "Realtime.Subscribe",
  realtime: '{"channels":["audit-42"]}',
};
const common = {
  alg: "RS256",
  settings,
  user: OID,
  opens: "private-audit-42",
  grants: "a custom claims provider returns the claim as text; or `REALTIME_OWNERSHIP_URL` decides",
} as const;

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export const entraV2: IssuerFixture = {
  ...common,
  issuer: "Microsoft Entra ID, access token v2",
  claims: { ...claims, iss: V2, aud: API, azp: "77777777-aaaa-4bbb-8ccc-888888888888", ver: "2.0" },
  denied: [
    {
      what: "another tenant of a multi-tenant app",
      claims: { iss: "https://login.microsoftonline.com/99999999-aaaa-4bbb-8ccc-000000000000/v2.0" },
      because: "issuer",
    },
    {
      what: "an issuer with a placeholder: each tenant must be listed",
      settings: { REALTIME_JWT_ISSUER: "https://login.microsoftonline.com/{tenantid}/v2.0" },
      because: "issuer",
    },
    { what: "a token without `oid`", claims: { oid: undefined }, because: "no_user" },
  ],
};

export const entraV1: IssuerFixture = {
  ...common,
  issuer: "Microsoft Entra ID, access token v1",
  claims: { ...claims, iss: V1, aud: `api://${API}`, appid: "77777777-aaaa-4bbb-8ccc-888888888888", ver: "1.0" },
  denied: [
    {
      what: "a token for Microsoft Graph",
      claims: { aud: "00000003-0000-0000-c000-000000000000" },
      because: "audience",
    },
    { what: "only the v2 issuer in the settings", settings: { REALTIME_JWT_ISSUER: V2 }, because: "issuer" },
  ],
};
