import { everySetting, readConfig } from "@realtime-gateway/settings";
import { expect, it } from "vitest";
import { createWatcher } from "../../../../packages/local/src/cli/watcher.ts";
import { createJsonConsole } from "../../../../packages/local/src/console/json-console.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const APP = { PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s", PUSHER_CLUSTER: "eu" };

it("a watcher reports at the stop also the messages whose logs are awaited, each one once", () => {
  const settings = readConfig(everySetting, APP);
  const console = createJsonConsole({ write: () => undefined, now: () => new Date(0) });
  const { watch, flush, onDemoBody, onLog, ownEvents } = createWatcher({ pusher: "local" }, settings, console);
  const body = (audit_id: string): string => JSON.stringify({ type: "audit.started", data: { audit_id } });
  const records = ["1", "2", "demo"].map((id) => sqsRecord(id, body(id)));
  onDemoBody(body("demo"));

  watch.invoked(records);
  watch.settled({ records, failed: new Set() });
  const message = { message: "message_dead_lettered", message_id: "2", code: "rejected_by_pusher" };
  onLog({ functionName: "relay", level: "WARN", message });
  flush();
  flush();

  expect(ownEvents).toEqual({ duplicate: 1, rejected: 1 });
});
