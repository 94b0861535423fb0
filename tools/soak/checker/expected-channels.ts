/**
 * The contract's sections 2 and 3, written down a second time and by hand: who hears an event. Only for events that the traffic
 * means to be valid; what is wrong with the others, it knows itself.
 */
export function expectedChannels(name: string, data: Readonly<Record<string, unknown>>): readonly string[] {
  if (name.startsWith("audit.")) return [...channel("audit", data.audit_id), ...channel("fiche", data.fiche_id)];
  if (name.startsWith("transcription.")) return channel("fiche", data.fiche_id);
  if (name.startsWith("fiches.progressive_fetch.")) return channel("job", data.jobId ?? data.job_id);
  if (name.startsWith("batch.") || name === "notification") return ["private-global"];
  throw new Error(`the contract routes no ${name}`);
}

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

/** Contract, section 4: a newer one for the same entity replaces an older one that is not yet published. */
const LATEST_WINS: ReadonlySet<string> = new Set([
  "audit.progress",
  "transcription.progress",
  "batch.progress",
  "fiches.progressive_fetch.progress",
]);

export const isLatestWins = (name: string): boolean => LATEST_WINS.has(name);
