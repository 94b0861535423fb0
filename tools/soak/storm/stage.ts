import { FUNCTIONS } from "@realtime-gateway/functions/manifest";
import { type BatchObservation, startLocalPusher } from "@realtime-gateway/local";
import type { SQSRecord } from "aws-lambda";
import { startPoller } from "../../../packages/local/src/event-source/poller.ts";
import { createSqsSource } from "../../../packages/local/src/event-source/source.ts";
import { type Queue, startQueue } from "../../../packages/local/src/sqs/queue.ts";
import { startFunctions } from "../../../packages/local/src/stack/functions.ts";
import { MAX_EVENT_AGE_SECONDS } from "../traffic/traffic.ts";
import type { Front } from "./front.ts";
import { type PusherFrontDeps, startPusherFront } from "./pusher-front.ts";
import { type QueueFrontDeps, startQueueFront } from "./queue-front.ts";
import {
  FIFO_POLLER,
  MAX_RECEIVE_COUNT,
  RELAY_PUSHER_TIMEOUT_MS,
  RELAY_TIMEOUT_MS,
  STANDARD_POLLER,
  VISIBILITY_TIMEOUT_SECONDS,
} from "./settings.ts";

/** The parts of the local stack that events pass, with a proxy in front of SQS and one in front of Pusher. */
export interface Stage {
  readonly queue: Queue;
  /** The address of SQS with faults. */
  readonly queueFront: Front;
  killRelay(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly fifo: boolean;
  readonly pusher: Omit<PusherFrontDeps, "target">;
  readonly sqs: Omit<QueueFrontDeps, "endpoint">;
  onInvoke(records: readonly SQSRecord[]): void;
  onBatch(batch: BatchObservation): void;
  onLog(line: string): void;
}

export async function startStage({ fifo, pusher, sqs, onInvoke, onBatch, onLog }: StageOptions): Promise<Stage> {
  const visibilityTimeoutSeconds = VISIBILITY_TIMEOUT_SECONDS;
  const target = await startLocalPusher(0);
  const pusherFront = await startPusherFront({ ...pusher, target });
  const queue = await startQueue({ port: 0, fifo, maxReceiveCount: MAX_RECEIVE_COUNT, visibilityTimeoutSeconds });
  const queueFront = await startQueueFront({ ...sqs, endpoint: queue.endpoint });
  const env = {
    ...target.env,
    PUSHER_PORT: String(pusherFront.port),
    REALTIME_PUSHER_TIMEOUT_MS: String(RELAY_PUSHER_TIMEOUT_MS),
    REALTIME_MAX_EVENT_AGE_SECONDS: String(MAX_EVENT_AGE_SECONDS),
    REALTIME_DLQ_URL: queue.deadLetterQueueUrl.replace(queue.endpoint, queueFront.endpoint),
    AWS_ENDPOINT_URL_SQS: queueFront.endpoint,
    AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
  };
  const { relay } = FUNCTIONS;
  const functions = startFunctions(
    { relay },
    { env, relayTimeoutMs: RELAY_TIMEOUT_MS, onLog: (_, line) => onLog(line) },
  );
  await functions.warm();
  const poller = startPoller({
    ...(fifo ? FIFO_POLLER : STANDARD_POLLER),
    source: createSqsSource({ ...queue, endpoint: queueFront.endpoint }),
    invoke: (event) => functions.invoke("relay", event),
    onInvoke,
    onBatch,
  });
  return {
    queue,
    queueFront,
    killRelay: () => functions.kill("relay"),
    async stop() {
      // Together: a stopping queue answers the poll that the poller would otherwise wait for.
      await Promise.all([queue.stop(), poller.stop()]);
      await functions.stop();
      await Promise.all([queueFront.close(), pusherFront.close(), target.close()]);
    },
  };
}
