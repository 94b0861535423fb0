import type { JsonObject } from "@realtime-gateway/events";

/**
 * The fields that name the entity of each latest-wins event (contract, section 4). Of several alternatives, the first present one counts.
 * The demo has a table of its own: the relay's would hide the relay's mistakes.
 */
const ENTITY_FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "audit.progress": [["audit_id", "audit_db_id"]],
  "transcription.progress": [["fiche_id"]],
  "batch.progress": [["operation_type"], ["batch_id"]],
  "fiches.progressive_fetch.progress": [["jobId", "job_id"]],
};

/** A newer event of the same entity may replace an event; without an entity, none may. */
export function entityOf(name: string, data: JsonObject): string | undefined {
  const ids = ENTITY_FIELDS[name]?.map((fields) => fields.map((field) => data[field]).find(isPresent));
  return ids?.every(isPresent) ? JSON.stringify([name, ...ids.map(String)]) : undefined;
}

const isPresent = (id: unknown): boolean => id !== undefined && id !== null;
