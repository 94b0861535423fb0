import { createAuthApp } from "../../functions/auth/app.ts";
import { authenticateAnonymously } from "../../functions/auth/modes/open.ts";
import { BASE_PATH } from "../../functions/manifest.ts";
import { createTestEventApp } from "../../functions/test-event/app.ts";
import { createWebhookApp } from "../../functions/webhook/app.ts";
import { documentedApp } from "./pusher-app.ts";

/** The README's line about each route. */
const DOES: Readonly<Record<string, string>> = {
  "/auth":
    "authorizes a subscription: `{ socket_id, channel_name }` → `{ auth }`, with `channel_data` or `shared_secret` where the channel has one; 401 without valid credentials, 403 when denied. Up to 100 channels as `channel_name[0]`, `channel_name[1]` … → `{ channel: { status, data } }`",
  "/user-auth":
    "authenticates a user for `pusher.signin()`: `{ socket_id }` → `{ auth, user_data }`; denied while `REALTIME_AUTH_MODE` is `open`, which has no users",
  "/health": "answers without touching Pusher",
  "/test":
    "publishes one event; body optional: `{ channel, event, payload }` → `{ channel, event, bytes, truncated, dry_run }`; needs `REALTIME_TEST_TOKEN` as bearer token where it is set",
  "/webhook":
    "receives Pusher's signed webhooks: their events become metrics and log records, and messages on `REALTIME_WEBHOOK_QUEUE_URL` where it is set; → `{ received }`",
};

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The routes of the HTTP functions, as their apps have them. */
export function httpRoutes(): readonly { readonly method: string; readonly path: string; readonly does: string }[] {
  const config = {
    form: "private",
    maxPayloadBytes: 9000,
    dryRun: true,
    testToken: undefined,
    basePath: BASE_PATH,
    allowedOrigins: [],
  } as const;
  const client = { authorizeChannel: () => ({ auth: "" }), authenticateUser: () => ({ auth: "", user_data: "" }) };
  const apps = [
    createAuthApp({ config, signer: client, authenticate: authenticateAnonymously, log }),
    createTestEventApp({ config, publish: async () => ({ ok: true }), log, now: () => new Date(0) }),
    createWebhookApp({
      config: { ...config, webhookKeys: [documentedApp] },
      forward: undefined,
      countEvents: () => undefined,
      log,
      nowMs: () => 0,
    }),
  ];
  return apps
    .flatMap((app) => app.routes)
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => ({ method, path, does: DOES[path.slice(path.lastIndexOf("/"))] ?? "" }));
}
