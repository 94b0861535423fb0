import { createHmac } from "node:crypto";
import type { PusherApp } from "@realtime-gateway/pusher";
import { sameSecret } from "../http/bearer.ts";
import { parseWebhook, type Webhook } from "./webhook.ts";

/** What a webhook comes with. */
export interface SignedBody {
  /** `X-Pusher-Key`: the app that signed it. */
  readonly key: string | undefined;
  /** `X-Pusher-Signature`: the hex HMAC-SHA256 of the body under that app's secret. */
  readonly signature: string | undefined;
  /** As it was sent: no other bytes have this signature. */
  readonly body: Uint8Array;
}

export type Refusal = "missing_signature" | "unknown_key" | "invalid_signature" | "invalid_webhook" | "stale_webhook";

export type Verified =
  | { readonly ok: true; readonly webhook: Webhook }
  | { readonly ok: false; readonly code: Refusal };

/** Both ways, as clocks differ; beyond it, somebody may be repeating what they overheard. Pusher itself retries for as long. */
export const MAX_AGE_MS = 5 * 60 * 1_000;

/** Whether Pusher sent this, for our app and now. Nothing of the body is believed, or even read, before its signature is. */
export function verifyWebhook(
  { key, signature, body }: SignedBody,
  app: Pick<PusherApp, "key" | "secret">,
  nowMs: number,
): Verified {
  if (!key || !signature) return refused("missing_signature");
  if (key !== app.key) return refused("unknown_key");
  if (!sameSecret(signature, signatureOf(body, app.secret))) return refused("invalid_signature");
  const webhook = parseWebhook(body);
  if (webhook === undefined) return refused("invalid_webhook");
  return Math.abs(nowMs - webhook.timeMs) <= MAX_AGE_MS ? { ok: true, webhook } : refused("stale_webhook");
}

const signatureOf = (body: Uint8Array, secret: string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

const refused = (code: Refusal): Verified => ({ ok: false, code });
