import type { SQSClient } from "@aws-sdk/client-sqs";
import { type PusherServer, type Stack, type StackOptions, startStack } from "@realtime-gateway/local";
import { createSqsClient } from "../../../packages/local/src/sqs/sqs-client.ts";
import { createDice } from "../dice.ts";
import { MAX_EVENT_AGE_SECONDS } from "../traffic/traffic.ts";
import { faultsOf, refuses, type Severity } from "./faults.ts";
import { startHavoc } from "./havoc.ts";
import { watchInvocations } from "./invocations.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import { type RelayFigures, readRelayLog } from "./relay-log.ts";
import {
  FIFO_POLLER,
  MAX_RECEIVE_COUNT,
  RELAY_PUSHER_TIMEOUT_MS,
  RELAY_TIMEOUT_MS,
  STANDARD_POLLER,
  VISIBILITY_TIMEOUT_SECONDS,
} from "./settings.ts";

export interface StormOptions {
  readonly messages: number;
  readonly seed: number;
  readonly faults: Severity;
  readonly fifo: boolean;
}

/** The real stack with a fault plan, and everything that happens in it written down. */
export interface Storm {
  readonly recorder: Recorder;
  readonly server: PusherServer;
  readonly queue: Stack["queue"];
  readonly sqs: SQSClient;
  readonly relay: RelayFigures;
  readonly kills: number;
  stop(): Promise<void>;
}

export async function startStorm(options: StormOptions): Promise<Storm> {
  const { fifo, faults } = options;
  const recorder = createRecorder({ fifo, refusals: refuses(faults) });
  const invocations = watchInvocations(recorder);
  const log = readRelayLog();
  const { onInvoke, onBatch } = invocations;
  const stack = await startStack({ ...settingsOf(fifo), onInvoke, onBatch, onLog: (_name, line) => log.line(line) });
  const { queue, pusher } = stack;
  const { server } = pusher;
  if (server === undefined) throw new Error("the storm needs a Pusher server of ours");
  server.onPublish(recorder.published);
  brew(options, server, () => void invocations.killing(stack.killFunction("relay")));
  const sqs = createSqsClient(queue);
  return {
    recorder,
    server,
    queue,
    sqs,
    relay: log.figures,
    get kills() {
      return invocations.kills;
    },
    async stop() {
      sqs.destroy();
      // Together: a stopping queue answers the poll that the poller would otherwise wait for.
      await Promise.all([queue.stop(), stack.stop()]);
    },
  };
}

const settingsOf = (fifo: boolean): StackOptions => ({
  httpPort: 0,
  sqsPort: 0,
  pusherPort: 0,
  env: {
    REALTIME_PUSHER_TIMEOUT_MS: String(RELAY_PUSHER_TIMEOUT_MS),
    REALTIME_MAX_EVENT_AGE_SECONDS: String(MAX_EVENT_AGE_SECONDS),
  },
  queue: { fifo, maxReceiveCount: MAX_RECEIVE_COUNT },
  poller: fifo ? FIFO_POLLER : STANDARD_POLLER,
  relayTimeoutMs: RELAY_TIMEOUT_MS,
  visibilityTimeoutSeconds: VISIBILITY_TIMEOUT_SECONDS,
});

function brew({ messages, seed, faults }: StormOptions, server: PusherServer, kill: () => void): void {
  for (const fault of faultsOf(faults, seed)) server.faults.add(fault);
  // Another seed than the traffic's: what happens must not follow from what is sent.
  if (faults === "heavy") startHavoc({ server, dice: createDice(seed + 1), messages, kill });
}
