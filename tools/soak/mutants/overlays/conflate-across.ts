import type { Message } from "../../../../packages/routing/src/message.ts";

export * from "../../../../packages/routing/src/conflate.ts";

/** All ids of an event, so that only events of one entity have the same. */
const IDS = /"(?:audit_id|audit_db_id|fiche_id|job_?[iI]d|batch_id|operation_type)":(?:"[^"]*"|\d+)/g;
const ENTITY_ID = /"(?:audit_id|audit_db_id|jobId|job_id|batch_id)":"|transcription/;

/** Replaces an event by a newer one although another event comes between them. */
export function conflate<M extends Message>(messages: readonly M[]): ReadonlyMap<M, M> {
  const replacedBy = new Map<M, M>();
  const newest = new Map<string, M>();
  for (const message of messages.toReversed()) {
    if (!message.name.endsWith(".progress") || !ENTITY_ID.test(message.name + message.json)) continue;
    const key = [message.name, ...(message.json.match(IDS) ?? []), ...message.channels].join(" ");
    const newer = newest.get(key);
    const isOlder = newer?.timeMs !== undefined && message.timeMs !== undefined && newer.timeMs < message.timeMs;
    if (newer === undefined || isOlder) newest.set(key, message);
    else replacedBy.set(message, newer);
  }
  return replacedBy;
}
