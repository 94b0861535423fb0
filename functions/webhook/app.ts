import type { WebhookSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp, type HttpEnv, Problem, requestId } from "../http/app.ts";
import { readBytes, requireMediaType } from "../http/body.ts";
import type { Log } from "../log.ts";
import type { Forward } from "./forward.ts";
import type { CountEvents } from "./metrics.ts";
import { MAX_AGE_MS, type Refusal, verifyWebhook } from "./verify.ts";
import type { Webhook } from "./webhook.ts";

export interface WebhookDeps {
  readonly config: Pick<WebhookSettings, "app" | "allowedOrigins">;
  /** Where there is a queue. */
  readonly forward: Forward | undefined;
  readonly countEvents: CountEvents;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** Twenty events, each of a client event's 10 KB, escaped to the utmost. */
const MAX_BODY_BYTES = 1_048_576;

const DETAILS: Readonly<Record<Refusal, string>> = {
  missing_signature: "X-Pusher-Key or X-Pusher-Signature is missing",
  unknown_key: "X-Pusher-Key is another app's",
  invalid_signature: "X-Pusher-Signature is not the body's",
  invalid_webhook: "The body is no webhook",
  stale_webhook: `time_ms is more than ${MAX_AGE_MS / 60_000} minutes from now`,
};

/** `POST /webhook` */
export function createWebhookApp(deps: WebhookDeps): Hono<HttpEnv> {
  const { config, countEvents, log, nowMs } = deps;
  return createHttpApp(
    [
      {
        method: "POST",
        path: "/webhook",
        handle: async (context) => {
          const body = await readBytes(context, MAX_BODY_BYTES);
          requireMediaType(context, ["application/json"]);
          const key = context.req.header("x-pusher-key");
          const signature = context.req.header("x-pusher-signature");
          const verified = verifyWebhook({ key, signature, body }, config.app, nowMs());
          if (!verified.ok) {
            log.warn("webhook_refused", { code: verified.code, request_id: requestId(context) });
            throw new Problem(401, verified.code, DETAILS[verified.code]);
          }
          const { events } = verified.webhook;
          await sendOn(verified.webhook, body, deps, context);
          // Only now: Pusher sends again what was not accepted, and it would count twice.
          countEvents(events);
          for (const { name, channel } of events)
            log.info("webhook_event", { event: name, channel, request_id: requestId(context) });
          return context.json({ received: events.length });
        },
      },
    ],
    { config, log },
  );
}

/** All of it or nothing, to Pusher: it sends the whole webhook again. Problem: 503 `queue_unavailable`. */
async function sendOn(
  { events }: Webhook,
  body: Uint8Array,
  { forward, log }: WebhookDeps,
  context: Context<HttpEnv>,
): Promise<void> {
  try {
    await forward?.(events, body);
  } catch (error) {
    const why = error instanceof Error ? error.name : "unknown";
    log.error("webhook_not_queued", { error: why, request_id: requestId(context) });
    throw new Problem(503, "queue_unavailable", "The events could not be sent on; send them again");
  }
}
