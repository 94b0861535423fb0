import { setTimeout as pause } from "node:timers/promises";
import { WEBHOOK_TIMEOUT_MS } from "../limits.ts";
import type { WebhookOptions } from "../options.ts";
import { type AppCredentials, hmacSha256Hex } from "../signature.ts";

/** Our choice: pauses double up to this limit. */
const LONGEST_PAUSE_MS = 60_000;

export interface WebhookRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function signWebhook({ key, secret }: AppCredentials, payload: unknown): WebhookRequest {
  const body = JSON.stringify(payload);
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-pusher-key": key,
      "x-pusher-signature": hmacSha256Hex(secret, body),
    },
  };
}

/** Resolves after the first attempt. Retries go on in the background until one succeeds or the time is up. */
export async function sendWebhook(
  url: string,
  request: WebhookRequest,
  timing: WebhookOptions,
  closing: AbortSignal,
): Promise<void> {
  if (closing.aborted || (await attempt(url, request, closing))) return;
  void retry(url, request, timing, closing);
}

async function retry(
  url: string,
  request: WebhookRequest,
  timing: WebhookOptions,
  closing: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timing.retryForMs;
  let pauseMs = timing.retryAfterMs;
  while (!closing.aborted && Date.now() + pauseMs <= deadline) {
    await pause(pauseMs, undefined, { signal: closing }).catch(() => undefined);
    if (closing.aborted || (await attempt(url, request, closing))) return;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Makes one attempt. Only a 2xx answer is a success. */
async function attempt(url: string, { body, headers }: WebhookRequest, closing: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(WEBHOOK_TIMEOUT_MS)]);
  try {
    const response = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
