import { randomUUID } from "node:crypto";
import { elementSources } from "@realtime-gateway/events";
import type { Queue } from "../sqs/queue.ts";
import { type CheckedEvent, type CheckSettings, checkEvent, type EventProblem } from "./check-event.ts";
import { requestsOf } from "./queue-requests.ts";

/** The answer for one event: its message in the queue, or the problem that kept it out. */
export type EventAnswer = (Omit<CheckedEvent, "warnings"> & QueuedEvent) | EventProblem;

interface QueuedEvent {
  readonly message_id: string;
  readonly warnings?: readonly string[];
}

export interface EventSender {
  /** Checks each event and puts the sound ones into the queue, in order. */
  send(bodies: readonly string[]): Promise<readonly EventAnswer[]>;
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

interface SoundEvent extends CheckedEvent {
  readonly body: string;
  /** Its place in the caller's list. */
  readonly index: number;
}

/** The queue gets the text of the caller, in any envelope. The producer would write its own. */
export function createEventSender(queue: Pick<Queue, "queueUrl" | "sendBatch">, settings: CheckSettings): EventSender {
  const isFifo = queue.queueUrl.endsWith(".fifo");

  /** The answers for the events of one request, each with its place in the caller's list. */
  async function request(events: readonly SoundEvent[]): Promise<readonly (readonly [number, EventAnswer])[]> {
    const entries = events.map(({ body, channels }, index) => ({
      Id: String(index),
      MessageBody: body,
      // The relay recognizes duplicates. With an id of its own, each message reaches it.
      ...(isFifo && { MessageGroupId: channels[0], MessageDeduplicationId: randomUUID() }),
    }));
    try {
      const { successful, failed } = await queue.sendBatch(entries);
      const messageIds = new Map(successful.map(({ Id, MessageId }) => [Id, MessageId]));
      const reasons = new Map(failed.map(({ Id, Code, Message }) => [Id, `${Code}: ${Message}`]));
      return events.map((event, index) => {
        const messageId = messageIds.get(String(index));
        const isQueued = messageId !== undefined;
        return [event.index, isQueued ? queued(event, messageId) : notQueued(event, reasons.get(String(index)))];
      });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return events.map((event) => [event.index, notQueued(event, detail)]);
    }
  }

  return {
    async send(bodies) {
      const answers: EventAnswer[] = [];
      const sound: SoundEvent[] = [];
      for (const [index, body] of bodies.entries()) {
        const checked = checkEvent(body, settings);
        if ("code" in checked) answers[index] = checked;
        else sound.push({ ...checked, body, index });
      }
      // One request after another keeps the order.
      for (const events of requestsOf(sound)) {
        for (const [index, answer] of await request(events)) answers[index] = answer;
      }
      return answers;
    },
  };
}

const queued = ({ event, channels, warnings }: CheckedEvent, message_id: string): EventAnswer => ({
  message_id,
  event,
  channels,
  ...(warnings.length > 0 && { warnings }),
});

const notQueued = ({ event }: CheckedEvent, reason = "SQS gave no outcome"): EventAnswer => ({
  code: "not_queued",
  detail: `SQS did not accept the message: ${reason}`,
  event,
});
