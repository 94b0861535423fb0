import { SQSClient } from "@aws-sdk/client-sqs";
import { LOCAL_APP, type Stack } from "@realtime-gateway/local";
import { createProducer } from "@realtime-gateway/producer";
import Pusher from "pusher";
import type { QueueAddress } from "../../../packages/local/src/sqs/address.ts";

export const AUDIT_ID = "audit-1787121-1-1765755984607";
const CHANNEL = `private-audit-${AUDIT_ID}`;
const EVENT = "audit.progress";

const payload = (eventId: string) => ({
  audit_id: AUDIT_ID,
  fiche_id: "1787121",
  event_id: eventId,
  completed_steps: 3,
  total_steps: 5,
  failed_steps: 0,
  current_phase: "analysis",
});

/** A producer of events about one audit. */
export interface Sender {
  send(eventId: string): Promise<unknown>;
}

/** Calls Pusher itself: no queue, no relay, nothing that outlives a failure. */
export function directSender({ pusher: { host, port } }: Pick<Stack, "pusher">): Sender {
  const pusher = new Pusher({ ...LOCAL_APP, host, port: String(port), useTLS: false });
  return { send: (eventId) => pusher.trigger(CHANNEL, EVENT, payload(eventId)) };
}

/** Sends to the gateway's queue, as a service with the producer does. */
export function queueSender({ endpoint, region, credentials, queueUrl }: QueueAddress): Sender & { close(): void } {
  const client = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  const realtime = createProducer({ queueUrl, source: "/bench", client });
  return {
    send: (eventId) => realtime.send(EVENT, payload(eventId)),
    close: () => client.destroy(),
  };
}
