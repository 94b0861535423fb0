import { everySetting, readConfig } from "@realtime-gateway/settings";
import { expect, it } from "vitest";
import { createPublish } from "../../../functions/publisher.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { recordedLog } from "../../support/recorded-log.ts";

it("logs each entry in a dry run, without its data, and publishes nothing", async () => {
  const { log, records } = recordedLog();
  // Nothing listens there, so a request would fail.
  const config = readConfig(everySetting, {
    ...leastEnvironment,
    PUSHER_DRY_RUN: "1",
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: "1",
  });
  const entries = [
    { channel: "private-audit-1", name: "audit.progress", data: '{"name":"s3cr3t é"}' },
    { channel: "private-global", name: "notification", data: "{}" },
  ];
  expect(await createPublish(config, log)(entries)).toEqual({ ok: true });
  expect(records).toEqual([
    { level: "info", message: "dry_run", event: "audit.progress", channel: "private-audit-1", bytes: 20 },
    { level: "info", message: "dry_run", event: "notification", channel: "private-global", bytes: 2 },
  ]);
});
