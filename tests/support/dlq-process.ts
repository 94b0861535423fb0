import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import type { QueueOptions } from "../../packages/local/src/queue.ts";
import { reason } from "./dead-letters.ts";
import { openQueue } from "./local-queue.ts";

const CLI = fileURLToPath(new URL("../../packages/operations/src/cli/dlq.ts", import.meta.url));

export interface DlqResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run dlq` as a process of its own, with an environment of its own and no terminal. */
export function startDlq(flags: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [CLI, ...flags], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));
  const result: Promise<DlqResult> = Promise.all([exited, text(child.stdout), text(child.stderr)]).then(
    ([exitCode, stdout, stderr]) => ({ exitCode, stdout, stderr }),
  );
  /** Resolves once standard error says it. */
  const says = (words: string): Promise<void> =>
    new Promise((resolve) => {
      child.stderr.on("data", (chunk) => String(chunk).includes(words) && resolve());
    });
  return { result, says, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
}

/** A queue, its dead-letter queue, and the command on them. */
export async function openDeadLetters(options: Partial<QueueOptions> = {}) {
  const opened = await openQueue(options);
  const { queue, sqs } = opened;
  const env = { REALTIME_DLQ_URL: queue.deadLetterQueueUrl, DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl };
  return {
    ...opened,
    /** Puts a message of the relay's into the dead-letter queue; resolves with its id. */
    async bury(MessageBody: string, changes: Partial<SendMessageCommandInput> = {}): Promise<string> {
      const QueueUrl = queue.deadLetterQueueUrl;
      const { MessageAttributes = reason(), ...rest } = changes;
      const { MessageId = "" } = await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes, ...rest }),
      );
      return MessageId;
    },
    start: (...flags: readonly string[]) => startDlq(flags, env),
    dlq: (...flags: readonly string[]) => startDlq(flags, env).result,
    /** How many are there to be received, and how many are hidden. */
    async count(queueUrl: string) {
      const attributes = await opened.attributes(queueUrl);
      return {
        visible: Number(attributes.ApproximateNumberOfMessages),
        hidden: Number(attributes.ApproximateNumberOfMessagesNotVisible),
      };
    },
    /** Takes everything out of a queue, in its order. */
    async drain(queueUrl: string): Promise<Message[]> {
      const drained: Message[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: 10,
            MessageAttributeNames: ["All"],
            MessageSystemAttributeNames: ["All"],
          }),
        );
        if (Messages.length === 0) return drained;
        drained.push(...Messages);
        for (const { ReceiptHandle } of Messages)
          await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
    },
  };
}

export const bodiesOf = (messages: readonly Message[]): readonly (string | undefined)[] =>
  messages.map(({ Body }) => Body);

export const jsonLines = (text: string): readonly unknown[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
