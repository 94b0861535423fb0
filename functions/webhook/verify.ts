import { createHmac } from "node:crypto";
import type { HttpCode } from "@realtime-gateway/codes";
import type { WebhookKey } from "@realtime-gateway/settings";
import { sameSecret } from "../http/bearer.ts";
import { parseWebhook, type Webhook } from "./webhook.ts";

/** A webhook's body and the headers that sign it. */
export interface SignedBody {
  /** `X-Pusher-Key`: the key of the app that signed the body. */
  readonly key: string | undefined;
  /** `X-Pusher-Signature`: the hex HMAC-SHA256 of the body, made with the secret of this key. */
  readonly signature: string | undefined;
  /** The bytes as sent, because the signature is for these bytes only. */
  readonly body: Uint8Array;
}

export type WebhookFault = Extract<
  HttpCode,
  "missing_signature" | "unknown_key" | "invalid_signature" | "invalid_webhook" | "stale_webhook"
>;

export type WebhookVerdict =
  | { readonly ok: true; readonly webhook: Webhook }
  | { readonly ok: false; readonly code: WebhookFault };

/** In the past or, as clocks differ, in the future. Pusher retries for five minutes; a later copy may be a replay attack. */
export const MAX_AGE_MS = 5 * 60 * 1_000;

/** Checks that Pusher sent this webhook, with one of our keys and just now. The body is parsed only after its signature verified. */
export function verifyWebhook(
  { key, signature, body }: SignedBody,
  keys: readonly WebhookKey[],
  nowMs: number,
): WebhookVerdict {
  if (!key || !signature) return fault("missing_signature");
  const signer = keys.find((known) => known.key === key);
  if (signer === undefined) return fault("unknown_key");
  if (!sameSecret(signature, signatureOf(body, signer.secret))) return fault("invalid_signature");
  const webhook = parseWebhook(body);
  if (webhook === undefined) return fault("invalid_webhook");
  return Math.abs(nowMs - webhook.timeMs) <= MAX_AGE_MS ? { ok: true, webhook } : fault("stale_webhook");
}

const signatureOf = (body: Uint8Array, secret: string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

const fault = (code: WebhookFault): WebhookVerdict => ({ ok: false, code });
