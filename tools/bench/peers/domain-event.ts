export interface PeerEvent {
  readonly event: string;
  readonly data: Readonly<Partial<Record<"audit_id" | "fiche_id" | "jobId", string>>>;
}

/** CloudEvents and the legacy envelope, of producers that are trusted to send nothing else. */
export function readEvent(body: string): PeerEvent {
  const { type, event = type, data } = JSON.parse(body);
  return { event, data };
}

export function channelsOf({ event, data }: PeerEvent): string[] {
  if (event.startsWith("fiches.")) return [`private-job-${data.jobId}`];
  if (event.startsWith("batch.") || event === "notification") return ["private-global"];
  const ofFiche = data.fiche_id === undefined ? [] : [`private-fiche-${data.fiche_id}`];
  return data.audit_id === undefined ? ofFiche : [`private-audit-${data.audit_id}`, ...ofFiche];
}
