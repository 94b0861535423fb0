import type { IssuerFixture } from "./fixture.ts";

const POOL = "https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_Ab1cD2efG";
const CLIENT = "1example23456789client";
const SUB = "8b2f6d0e-6c1a-4f6e-9d0a-1f2e3d4c5b6a";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html */
export const cognito: IssuerFixture = {
  issuer: "Amazon Cognito, access token",
  alg: "RS256",
  settings: {
    REALTIME_JWT_JWKS_URL: `${POOL}/.well-known/jwks.json`,
    REALTIME_JWT_ISSUER: POOL,
    REALTIME_JWT_AUDIENCE: "realtime",
    REALTIME_JWT_CLIENT_ID: CLIENT,
  },
  claims: {
    sub: SUB,
    iss: POOL,
    client_id: CLIENT,
    origin_jti: "6d3ad0c9-1b0b-4f1f-9e8e-6ab6a1f1c111",
    event_id: "0f7f3b3a-0d1f-4b0e-8a52-7d6f4f6f6a01",
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    auth_time: 1_800_000_000,
    jti: "1a2b3c4d-1111-2222-3333-444455556666",
    username: "ann",
    "cognito:groups": ["auditors"],
    realtime: JSON.stringify({ channels: ["audit-42"] }),
  },
  user: SUB,
  opens: "private-audit-42",
  grants: "a pre token generation trigger (V2 or later) adds the claim to access tokens, as an object or as JSON text",
  denied: [
    { what: "the access token of another client", claims: { client_id: "1example23456789" }, because: "audience" },
    { what: "the ID token, whose `aud` is the client", claims: { aud: CLIENT, token_use: "id" }, because: "audience" },
    {
      what: "another user pool",
      claims: { iss: "https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_Zz9yX8wvU" },
      because: "issuer",
    },
  ],
};
