import { everySetting, readConfig } from "@realtime-gateway/settings";
import type { Console } from "../../packages/local/src/console/console.ts";
import type { DemoResult } from "../../packages/local/src/demo/demo.ts";
import { createLedger } from "../../packages/local/src/demo/ledger.ts";
import { type EventFate, type EventReport, FATES } from "../../packages/local/src/messages/event-report.ts";

type Ready = Parameters<Console["ready"]>;

const APP = { PUSHER_APP_ID: "1000", PUSHER_KEY: "local-key", PUSHER_SECRET: "local-secret", PUSHER_CLUSTER: "local" };

export interface ScriptOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly fifo?: boolean;
}

/** A stack with the usual ports, as far as a console reads it. Nothing listens there. */
function printedStack(fifo: boolean): Ready[0] {
  const endpoint = "http://127.0.0.1:4566";
  const suffix = fifo ? ".fifo" : "";
  const stack = {
    http: { url: "http://127.0.0.1:3000", port: 3000 },
    apiUrl: "http://127.0.0.1:3000/api/realtime/pusher",
    control: { form: "private" },
    queue: {
      endpoint,
      port: 4566,
      region: "us-east-1",
      queueUrl: `${endpoint}/000000000000/domain-events${suffix}`,
      deadLetterQueueUrl: `${endpoint}/000000000000/domain-events-dlq${suffix}`,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    },
    pusher: {
      appId: APP.PUSHER_APP_ID,
      key: APP.PUSHER_KEY,
      secret: APP.PUSHER_SECRET,
      host: "127.0.0.1",
      port: 6001,
      client: { cluster: "local", forceTLS: false, wsHost: "127.0.0.1", wsPort: 6001 },
      env: { ...APP, PUSHER_HOST: "127.0.0.1", PUSHER_PORT: "6001", PUSHER_SCHEME: "http" },
      server: { url: "http://127.0.0.1:6001" },
    },
  };
  // A console reads these members only.
  return stack as unknown as Ready[0];
}

const LONG_ID = "audit-1787121-1-1765755984607";

const fates = Object.keys(FATES) as EventFate[];

/** One report of each fate, and the widest ones that the demo and the contract allow. */
function reports(prefix: string): readonly EventReport[] {
  const channel = (name: string, listeners: number | undefined) => ({ name: prefix + name, listeners });
  const demo = { from: "demo", id: "evt-1", messageId: "msg-1" } as const;
  const own = { from: "queue", id: "evt-2", messageId: "msg-2" } as const;
  const both = [channel("audit-k3f", 1), channel("fiche-k3f", 1)];
  return [
    { ...demo, event: undefined, fate: "rejected", channels: [], ms: 312.5, code: "invalid_json", onPurpose: true },
    ...fates.map((fate) => ({ ...demo, event: "audit.step_completed", fate, channels: both, bytes: 321, ms: 25.4 })),
    { ...demo, event: "fiches.progressive_fetch.complete", fate: "published", channels: both, bytes: 10240, ms: 99999 },
    { ...own, event: "notification", fate: "published", channels: [channel("global", 0)], bytes: 40, ms: 8 },
    {
      ...own,
      event: "audit.progress",
      fate: "published",
      channels: [channel(LONG_ID, 0), channel("fiche-1787121", 12)],
      bytes: 159,
      ms: 8,
    },
    { ...own, event: `audit.${"long-name.".repeat(19)}`.slice(0, 200), fate: "failed", channels: [] },
    { ...own, event: "unknown.thing", fate: "rejected", channels: [], code: "unknown_event" },
    {
      from: "http",
      event: "realtime.test",
      fate: "published",
      channels: [channel("x".repeat(156), undefined)],
      bytes: 82,
    },
  ];
}

function demoResult(): DemoResult {
  const ledger = createLedger({ form: "private", limitBytes: 9000, dryRun: false });
  const events = [1, 2, 3].map((completed_steps) => ({ audit_id: "k3f", completed_steps }));
  for (const data of events) ledger.sent("audit.progress", data, 0);
  for (const data of events.slice(1)) ledger.received("audit.progress", "private-audit-k3f", data, 12.34);
  return { sent: 3, ledger, deadLettered: true, ok: true };
}

/** Calls every method of a console as a run with one of everything does. */
export function playScript(console: Console, { env = {}, fifo = false }: ScriptOptions = {}): void {
  const config = readConfig(everySetting, { ...APP, ...env });
  const prefix = config.form === "encrypted" ? "private-encrypted-" : "private-";
  console.ready(printedStack(fifo), config);
  console.skipped("the function auth: only the issuer can sign tokens for the keys of REALTIME_JWT_JWKS_URL");
  console.subscribed("the audit's page", [`${prefix}audit-k3f`, `${prefix}global`]);
  console.request({ method: "POST", path: "/api/realtime/pusher/auth", status: 200, durationMs: 12.34 });
  for (const report of reports(prefix)) console.event(report);
  console.log({
    functionName: "relay",
    level: "WARN",
    message: { message: "payload_drifted", event: "audit.started", paths: ["audit_config_id", "audit_config_name"] },
  });
  console.log({ functionName: "relay", level: "WARN", message: { message: "payload_truncated", event: "audit.x" } });
  console.demoEnded(demoResult());
  console.waiting();
  console.log({
    functionName: "gateway",
    level: "hint",
    message: { code: "unlisted_event", detail: "audit.advance is not listed. Did you mean audit.progress?" },
  });
  console.request({ method: "POST", path: "/api/realtime/pusher/auth", status: 403, durationMs: 5 });
  console.request({ method: "POST", path: "/api/realtime/pusher/webhook", status: 200, durationMs: 5 });
  console.request({ method: "GET", path: "/elsewhere", status: 404, durationMs: 1, error: "no such route" });
  console.rebuilt({ functionName: "relay", tookMs: 123.4 });
  console.rebuilt({ functionName: "auth", tookMs: 50, error: "the build failed:\nsome.ts:1:1" });
  console.ended({ demo: demoResult(), ownEvents: { published: 2, failed: 1, rejected: 1 } });
}

/** Ten in the morning, in any time zone. */
export const TEN_O_CLOCK = (): Date => new Date(2026, 2, 2, 10, 0, 0);
