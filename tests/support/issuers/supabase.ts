import type { IssuerFixture } from "./fixture.ts";

const PROJECT = "https://abcdefghijklmnopqrst.supabase.co/auth/v1";
const SUB = "0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e";

const settings = {
  REALTIME_JWT_ISSUER: PROJECT,
  REALTIME_JWT_AUDIENCE: "authenticated",
  REALTIME_JWT_GRANTS_CLAIM: "app_metadata.realtime",
};
const claims = {
  iss: PROJECT,
  sub: SUB,
  aud: "authenticated",
  email: "ann@acme.example",
  phone: "",
  app_metadata: { provider: "email", providers: ["email"], realtime: { channels: ["audit-42"] } },
  user_metadata: { name: "Ann", realtime: { channels: ["*"] } },
  role: "authenticated",
  aal: "aal1",
  session_id: "11111111-2222-4333-8444-555555555555",
  is_anonymous: false,
};
const JWKS = `${PROJECT}/.well-known/jwks.json`;

const common = {
  claims,
  user: SUB,
  opens: "private-audit-42",
  grants: "`app_metadata.realtime`, which only the server writes (`auth.admin.updateUserById`)",
  denied: [
    {
      what: "grants in metadata that users write",
      settings: { REALTIME_JWT_GRANTS_CLAIM: "user_metadata.realtime" },
      because: "REALTIME_JWT_GRANTS_CLAIM",
    },
    {
      what: "the project's anonymous key",
      claims: { iss: "supabase", sub: undefined, aud: undefined, role: "anon" },
      because: "issuer",
    },
  ],
} as const;

/** https://supabase.com/docs/guides/auth/jwt-fields */
export const supabase: IssuerFixture = {
  ...common,
  issuer: "Supabase, signing keys",
  alg: "ES256",
  settings: { REALTIME_JWT_JWKS_URL: JWKS, ...settings },
};

/** Old sessions are signed with the secret, new ones with a key of the JWKS. */
export const supabaseMoving: IssuerFixture = {
  ...common,
  issuer: "Supabase, while it moves from its legacy secret to signing keys",
  alg: "HS256",
  settings: { REALTIME_JWT_JWKS_URL: JWKS, REALTIME_JWT_SECRET: "the legacy JWT secret", ...settings },
  denied: [
    ...common.denied,
    { what: "a token that a stranger's secret signs", byStranger: true, because: "signature" },
  ],
};
