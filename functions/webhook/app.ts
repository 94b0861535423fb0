import type { WebhookSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp } from "../http/app.ts";
import { readBytes, requireMediaType } from "../http/body.ts";
import { type HttpEnv, requestId } from "../http/context.ts";
import { Problem } from "../http/problem.ts";
import type { Log } from "../log.ts";
import type { Forward } from "./forward.ts";
import type { CountEvents } from "./metrics.ts";
import { MAX_AGE_MS, verifyWebhook, type WebhookFault } from "./verify.ts";
import type { Webhook } from "./webhook.ts";

export interface WebhookDeps {
  readonly config: Pick<WebhookSettings, "webhookKeys" | "basePath" | "allowedOrigins">;
  /** Absent if no queue is configured. */
  readonly forward: Forward | undefined;
  readonly countEvents: CountEvents;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** Enough for twenty client events of 10 KB, even if JSON escapes every character. */
const MAX_BODY_BYTES = 1_048_576;

/** These problems have log records of their own. */
const IS_LOGGED = { isLogged: true };

const DETAILS: Readonly<Record<WebhookFault, string>> = {
  missing_signature: "X-Pusher-Key or X-Pusher-Signature is missing",
  unknown_key: "X-Pusher-Key is the key of another app",
  invalid_signature: "X-Pusher-Signature does not match the body",
  invalid_webhook: "The body is not a webhook",
  stale_webhook: `time_ms is more than ${MAX_AGE_MS / 60_000} minutes from now`,
};

/** `POST /webhook` receives the webhooks of the Pusher app: it counts, logs and forwards their events. */
export function createWebhookApp(deps: WebhookDeps): Hono<HttpEnv> {
  const { config, countEvents, log } = deps;
  const receive = async (context: Context<HttpEnv>): Promise<Response> => {
    const body = await readBytes(context, MAX_BODY_BYTES);
    const webhook = verified(body, deps, context);
    requireMediaType(context, ["application/json"]);
    await forwardAll(webhook, body, deps, context);
    // Pusher sends a webhook again until it gets a 200. Counting after the queue accepted it counts it once.
    countEvents(webhook.events);
    for (const { name, channel } of webhook.events)
      log.info("webhook_event", { event: name, channel, request_id: requestId(context) });
    return context.json({ received: webhook.events.length });
  };
  return createHttpApp([{ method: "POST", path: "/webhook", handle: receive }], { config, log });
}

/** Problem: 401 with the code of the fault. */
function verified(body: Uint8Array, { config, log, nowMs }: WebhookDeps, context: Context<HttpEnv>): Webhook {
  const key = context.req.header("x-pusher-key");
  const signature = context.req.header("x-pusher-signature");
  const verdict = verifyWebhook({ key, signature, body }, config.webhookKeys, nowMs());
  if (verdict.ok) return verdict.webhook;
  const { code } = verdict;
  log.warn("webhook_refused", { code, request_id: requestId(context) });
  throw new Problem(401, code, DETAILS[code], {}, IS_LOGGED);
}

/** Fails as a whole if one event fails, because Pusher can only send the whole webhook again. Problem: 503 `queue_unavailable`. */
async function forwardAll(
  { events }: Webhook,
  body: Uint8Array,
  { forward, log }: WebhookDeps,
  context: Context<HttpEnv>,
): Promise<void> {
  try {
    await forward?.(events, body);
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    log.error("webhook_not_queued", {
      code: "queue_unavailable",
      status: 503,
      error: name,
      request_id: requestId(context),
    });
    throw new Problem(
      503,
      "queue_unavailable",
      "The queue did not accept the events. Send the webhook again",
      {},
      IS_LOGGED,
    );
  }
}
