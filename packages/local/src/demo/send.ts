import { randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { createProducer } from "@realtime-gateway/producer";
import type { Queue } from "../sqs/queue.ts";
import { wrap } from "./envelope.ts";
import type { SceneEvent } from "./scenario.ts";

/** The demo's message that the relay cannot understand. It must not delay the messages behind it. */
const POISON = "this is not a domain event";
/** One message group each, so that on a FIFO queue the broken message stops no event. */
const EVENTS_GROUP = "demo";
const POISON_GROUP = "demo-broken";

/** A message of the demo, not yet sent. */
export interface DemoMessage {
  readonly body: string;
  send(): Promise<void>;
}

export interface DemoSender {
  event(event: SceneEvent): DemoMessage;
  poison(): DemoMessage;
}

/**
 * Plays the services of the platform. The producer sends its own envelope. Older services and AWS write the other envelopes, and
 * a broken one writes the poison: those go to the queue with the AWS SDK, because the producer cannot send them.
 */
export function createDemoSender(sqs: SQSClient, { queueUrl }: Pick<Queue, "queueUrl">): DemoSender {
  // The names of the scene are data here, so the catalog checks them at run time.
  const realtime = createProducer<Readonly<Record<string, unknown>>>({
    queueUrl,
    source: "/audit-platform/demo",
    client: sqs,
    // The scene is one story. With this group, its messages keep their order in every envelope.
    group: () => EVENTS_GROUP,
  });
  const sendBody = async (MessageBody: string, MessageGroupId: string): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, MessageGroupId }));
  };
  return {
    event({ name, data, envelope }) {
      const event = realtime.event(name, data);
      const body = wrap(event, envelope);
      return {
        body,
        async send() {
          if (envelope !== "cloudevents") return await sendBody(body, EVENTS_GROUP);
          const { failed } = await realtime.sendMany([event]);
          for (const { detail } of failed) throw new Error(detail);
        },
      };
    },
    poison() {
      const body = `${POISON} (${randomUUID()})`;
      return { body, send: () => sendBody(body, POISON_GROUP) };
    },
  };
}
