import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { onTestFinished } from "vitest";
import { createFunctionRunner } from "../../packages/local/src/lambda/function-runner.ts";
import { apiEvent } from "./api-event.ts";
import { leastEnvironment } from "./environment.ts";
import { openQueue } from "./local-queue.ts";
import { proxySqs, type SqsCall } from "./sqs-proxy.ts";
import { webhookHeaders } from "./webhooks.ts";

export interface WebhookAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Starts the built function in its own process, as Lambda runs it, until the test ends. */
export function startWebhookFunction(env: Readonly<Record<string, string>> = {}) {
  const logs: string[] = [];
  const runner = createFunctionRunner({
    name: "webhook",
    bundlePath: bundlePath("webhook"),
    env: { ...leastEnvironment, ...env },
    timeoutMs: 60_000,
    concurrency: 1,
    logFormat: "JSON",
    onLog: (line) => logs.push(line),
  });
  onTestFinished(() => runner.stop());
  return {
    logs,
    async send(body: string, { headers = webhookHeaders(body), base64 = false } = {}): Promise<WebhookAnswer> {
      const path = "/api/realtime/pusher/webhook";
      const answer = Object(await runner.invoke(apiEvent({ method: "POST", path, headers, body, base64 })));
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    },
  };
}

/** Opens a real queue behind a proxy that a test can interfere with, and returns the function's settings for it. */
export async function openWebhookQueue({ fifo = false, onCall }: WebhookQueueOptions = {}) {
  const { queue, sqs } = await openQueue({ fifo });
  const { endpoint, actions } = await proxySqs(queue.endpoint, onCall);
  return {
    actions,
    env: {
      REALTIME_WEBHOOK_QUEUE_URL: queue.queueUrl.replace(queue.endpoint, endpoint),
      AWS_ENDPOINT_URL_SQS: endpoint,
      AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
    },
    /** Receives and deletes all messages, in order. A FIFO queue returns a group's next messages only after that. */
    async messages(): Promise<readonly Message[]> {
      const found: Message[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queue.queueUrl,
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ["All"],
          }),
        );
        if (Messages.length === 0) return found;
        found.push(...Messages);
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.queueUrl, Entries }));
      }
    },
  };
}

interface WebhookQueueOptions {
  readonly fifo?: boolean;
  onCall?(call: SqsCall): Promise<string>;
}
