import { auth0 } from "./auth0.ts";
import { authjs } from "./authjs.ts";
import { betterAuth } from "./better-auth.ts";
import { clerk } from "./clerk.ts";
import { cognito } from "./cognito.ts";
import { entraV1, entraV2 } from "./entra.ts";
import { firebase } from "./firebase.ts";
import type { IssuerFixture } from "./fixture.ts";
import { keycloak } from "./keycloak.ts";
import { supabase, supabaseMoving } from "./supabase.ts";
import { workos } from "./workos.ts";

export type { IssuerFixture, NearMiss } from "./fixture.ts";

/** Every issuer of docs/issuers.md, in its order. */
export const ISSUERS: readonly IssuerFixture[] = [
  auth0,
  cognito,
  clerk,
  supabase,
  supabaseMoving,
  firebase,
  keycloak,
  entraV2,
  entraV1,
  workos,
  betterAuth,
  authjs,
];
