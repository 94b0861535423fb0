import { createPusherClient, type Publication } from "@realtime-gateway/pusher";
import { type Entry, utf8Bytes } from "@realtime-gateway/routing";
import type { PusherSettings } from "@realtime-gateway/settings";
import type { Log } from "./log.ts";

/** Publishes one to ten entries, all or none, within `timeoutMs`. Failures are values. */
export type Publish = (entries: readonly Entry[], timeoutMs?: number) => Promise<Publication>;

/** Publishes to Pusher. In a dry run, it logs each entry instead, without its data. */
export function createPublish(config: PusherSettings, log: Log): Publish {
  if (config.dryRun) return (entries) => logOnly(entries, log);
  const client = createPusherClient(config.app, { timeoutMs: config.pusherTimeoutMs });
  return (entries, timeoutMs) => client.publish(entries, timeoutMs);
}

async function logOnly(entries: readonly Entry[], log: Log): Promise<Publication> {
  for (const { name, channel, data } of entries) log.info("dry_run", { event: name, channel, bytes: utf8Bytes(data) });
  return { ok: true };
}
