/** The plain way to relay: one `trigger` per event, one after another, with the client as its README sets it up. */
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import Pusher from "pusher";
import { settings } from "./settings.ts";

const pusher = new Pusher({
  appId: settings.PUSHER_APP_ID,
  key: settings.PUSHER_KEY,
  secret: settings.PUSHER_SECRET,
  host: settings.PUSHER_HOST,
  port: settings.PUSHER_PORT,
  useTLS: false,
});

/** The legacy envelope of a producer that is trusted to send nothing else. */
interface DomainEvent {
  readonly event: string;
  readonly data: Readonly<Partial<Record<"audit_id" | "fiche_id" | "jobId", string>>>;
}

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const { body } of Records) {
    const { event, data }: DomainEvent = JSON.parse(body);
    await pusher.trigger(channelsOf({ event, data }), event, data);
  }
  return { batchItemFailures: [] };
}

function channelsOf({ event, data }: DomainEvent): string[] {
  if (event.startsWith("fiches.")) return [`private-job-${data.jobId}`];
  if (event.startsWith("batch.") || event === "notification") return ["private-global"];
  const ofFiche = data.fiche_id === undefined ? [] : [`private-fiche-${data.fiche_id}`];
  return data.audit_id === undefined ? ofFiche : [`private-audit-${data.audit_id}`, ...ofFiche];
}
