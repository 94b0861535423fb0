import { randomBytes } from "node:crypto";
import type { AnyStackFault } from "../control/types.ts";

/** The auth mode, which decides who may subscribe, with the settings that it needs. */
export type GatewayAuth =
  | { readonly mode: "open" }
  | { readonly mode: "jwt"; readonly secret: string; readonly issuer: string; readonly audience: string }
  | { readonly mode: "proxy"; readonly secret: string };

export interface GatewayOptions {
  /** More settings of the functions, by their variables. They win over the other options. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: `open`. */
  readonly auth?: GatewayAuth;
  /** Publishes on encrypted channels: with a key of its own, or with 32 bytes in base64. */
  readonly encryption?: boolean | string;
  /** A FIFO queue. */
  readonly fifo?: boolean;
  readonly faults?: readonly AnyStackFault[];
  /** SQS retries a failed message after this time. Default: the relay's timeout, as on AWS. */
  readonly visibilityTimeoutSeconds?: number;
  /** A line that a function logged. */
  onLog?(functionName: string, line: string): void;
}

const KEY_BYTES = 32;

/** The settings of the functions that the options mean. */
export const settingsFor = ({ env, auth, encryption }: GatewayOptions): Readonly<Record<string, string>> => ({
  ...authSettings(auth),
  ...encryptionSettings(encryption),
  ...env,
});

function authSettings(auth: GatewayAuth = { mode: "open" }): Readonly<Record<string, string>> {
  const mode = { REALTIME_AUTH_MODE: auth.mode };
  if (auth.mode === "proxy") return { ...mode, REALTIME_PROXY_SECRET: auth.secret };
  if (auth.mode === "open") return mode;
  const { secret, issuer, audience } = auth;
  return { ...mode, REALTIME_JWT_SECRET: secret, REALTIME_JWT_ISSUER: issuer, REALTIME_JWT_AUDIENCE: audience };
}

function encryptionSettings(encryption: GatewayOptions["encryption"]): Readonly<Record<string, string>> {
  if (encryption === undefined || encryption === false) return {};
  const key = encryption === true ? randomBytes(KEY_BYTES).toString("base64") : encryption;
  return { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: key };
}
