/** The legacy envelope of a producer that is trusted to send nothing else. */
export interface DomainEvent {
  readonly event: string;
  readonly data: Readonly<Partial<Record<"audit_id" | "fiche_id" | "jobId", string>>>;
}

export const readEvent = (body: string): DomainEvent => JSON.parse(body);

export function channelsOf({ event, data }: DomainEvent): string[] {
  if (event.startsWith("fiches.")) return [`private-job-${data.jobId}`];
  if (event.startsWith("batch.") || event === "notification") return ["private-global"];
  const ofFiche = data.fiche_id === undefined ? [] : [`private-fiche-${data.fiche_id}`];
  return data.audit_id === undefined ? ofFiche : [`private-audit-${data.audit_id}`, ...ofFiche];
}
