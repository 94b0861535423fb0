/**
 * The contract's sections 2 to 5, written by hand a second time: the channels of an event and its entity. The checker must not
 * ask the code under test.
 */
export function expectedChannels(name: string, data: PayloadFields): readonly string[] {
  if (name.startsWith("audit.")) return [...channel("audit", data.audit_id), ...channel("fiche", data.fiche_id)];
  if (name.startsWith("transcription.")) return channel("fiche", data.fiche_id);
  if (name.startsWith("fiches.progressive_fetch.")) return channel("job", data.jobId ?? data.job_id);
  if (name.startsWith("batch.") || name === "notification") return ["private-global"];
  throw new Error(`the contract has no route for ${name}`);
}

type PayloadFields = Readonly<Record<string, unknown>>;

const channel = (kind: string, id: unknown): readonly string[] =>
  id === undefined || id === null ? [] : [`private-${kind}-${escaped(String(id))}`];

/** Bytes outside Pusher's grammar, and `=` itself, are written as `=` and two upper-case hex digits. */
const escaped = (id: string): string =>
  [...Buffer.from(id)]
    .map((byte) => ({ byte, character: String.fromCharCode(byte) }))
    .map(({ byte, character }) =>
      /[A-Za-z0-9_\-@,.;]/.test(character) ? character : `=${byte.toString(16).padStart(2, "0").toUpperCase()}`,
    )
    .join("");

/** Contract, section 4: the fields that name the entity of a latest-wins event. The first group of fields with values counts. */
const ENTITY_FIELDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "audit.progress": [["audit_id"], ["audit_db_id"]],
  "transcription.progress": [["fiche_id"]],
  "batch.progress": [["operation_type", "batch_id"]],
  "fiches.progressive_fetch.progress": [["jobId"], ["job_id"]],
};

/** Events with equal entities replace each other. `undefined`: the event replaces nothing. */
export function entityOf(name: string, data: PayloadFields): string | undefined {
  const fields = ENTITY_FIELDS[name]?.find((group) => group.every((field) => isId(data[field])));
  if (fields === undefined) return undefined;
  // `jobId` and `job_id` are two spellings of one id, and `audit_id` and `audit_db_id` are two different ids.
  const kind = fields[0] === "audit_db_id" ? "database id" : "id";
  return JSON.stringify([name, kind, ...fields.map((field) => String(data[field]))]);
}

const isId = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** Contract, section 5: the default of `PUSHER_MAX_PAYLOAD_BYTES`. */
export const MAX_PAYLOAD_BYTES = 9_000;
