import { randomUUID } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { elementSources } from "@realtime-gateway/events";
import type { QueueAddress } from "../sqs/address.ts";
import { createSqsClient } from "../sqs/client.ts";
import { type CheckedEvent, type CheckSettings, checkEvent, type EventProblem } from "./check-event.ts";

/** The answer for one event: its message in the queue, or the problem that kept it out. */
export type EventAnswer = (Omit<CheckedEvent, "warnings"> & QueuedEvent) | EventProblem;

interface QueuedEvent {
  readonly message_id: string;
  readonly warnings?: readonly string[];
}

export interface EventSender {
  /** Checks each event and puts the sound ones into the queue, in order. */
  send(bodies: readonly string[]): Promise<readonly EventAnswer[]>;
  close(): void;
}

const BYTE_ORDER_MARK = "\ufeff";

/** The events of a request body: a list, or the body itself. Each keeps the text in which it was sent. */
export function eventsIn(text: string): { readonly bodies: readonly string[]; readonly isList: boolean } {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  try {
    if (Array.isArray(JSON.parse(body))) return { bodies: elementSources(body), isList: true };
  } catch {
    // The check of the event finds the place where the JSON is broken.
  }
  return { bodies: [body], isList: false };
}

/** Sends with the AWS SDK: the queue gets the text of the caller, in any envelope, and the producer would write its own. */
export function createEventSender(queue: QueueAddress, settings: CheckSettings): EventSender {
  const sqs = createSqsClient(queue);
  const isFifo = queue.queueUrl.endsWith(".fifo");

  async function send(body: string): Promise<EventAnswer> {
    const checked = checkEvent(body, settings);
    if ("code" in checked) return checked;
    const { event, channels, warnings } = checked;
    // The relay recognizes duplicates. With an id of its own, each request reaches it.
    const fifo = isFifo ? { MessageGroupId: channels[0], MessageDeduplicationId: randomUUID() } : {};
    try {
      const command = new SendMessageCommand({ QueueUrl: queue.queueUrl, MessageBody: body, ...fifo });
      const { MessageId: message_id = "" } = await sqs.send(command);
      return { message_id, event, channels, ...(warnings.length > 0 && { warnings }) };
    } catch (error) {
      const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return { code: "not_queued", detail: `SQS did not accept the message: ${detail}`, event };
    }
  }

  return {
    async send(bodies) {
      const answers: EventAnswer[] = [];
      for (const body of bodies) answers.push(await send(body));
      return answers;
    },
    close: () => sqs.destroy(),
  };
}
