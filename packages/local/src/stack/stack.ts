import { StartError } from "@realtime-gateway/command-line";
import type { FunctionName } from "@realtime-gateway/functions/manifest";
import type { SQSEvent } from "aws-lambda";
import { type HttpApi, type RequestObservation, startHttpApi } from "../http-api/http-api.ts";
import { type BatchObservation, type Poller, startPoller } from "../sqs/poller.ts";
import type { PollerOptions } from "../sqs/poller-settings.ts";
import { type Queue, type QueueOptions, startQueue } from "../sqs/queue.ts";
import { createSqsSource } from "../sqs/sqs-source.ts";
import { apiUrl, routesOf, startFunctions } from "./functions.ts";
import { type PusherTarget, startLocalPusher } from "./pusher-target.ts";

export interface StackOptions {
  /** 0 takes a free port, here and below. */
  readonly httpPort: number;
  readonly sqsPort: number;
  readonly pusherPort: number;
  /** A real app in place of the local server. */
  readonly cloudPusher?: PusherTarget;
  /** Settings of the functions, beside the Pusher app's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly visibilityTimeoutSeconds?: number;
  readonly queue?: Pick<QueueOptions, "fifo" | "maxReceiveCount">;
  readonly poller?: PollerOptions;
  /** Default 30 seconds. */
  readonly relayTimeoutMs?: number;
  /** Messages wait in the queue until `startPolling` is called. */
  readonly holdMessages?: boolean;
  onLog?(functionName: FunctionName, line: string): void;
  onInvoke?(records: SQSEvent["Records"]): void;
  onBatch?(batch: BatchObservation): void;
  onRequest?(request: RequestObservation): void;
  onError?(error: unknown): void;
}

export interface Stack {
  readonly http: HttpApi;
  readonly queue: Queue;
  readonly pusher: PusherTarget;
  /** Where the routes are: `http://host:port/api/realtime/pusher`. */
  readonly apiUrl: string;
  /** Lets the relay have the messages that are held. Idempotent. */
  startPolling(): void;
  /** Kills a function as a crash would, in the middle of what it does. */
  killFunction(name: FunctionName): Promise<void>;
  /** Stops everything, the last started first. Idempotent. */
  stop(): Promise<void>;
}

/** Pages of whatever development server there is may authorize their subscriptions here. */
const ANY_ORIGIN = { REALTIME_ALLOWED_ORIGINS: "*" };

/** The relay's own timeout, the least that AWS allows: a shorter one would hand out a message that is being worked on. */
const VISIBILITY_TIMEOUT_SECONDS = 30;

/** Boots the gateway on this machine: Pusher, queue, functions, poller, HTTP API. Rejects with a `StartError`. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { visibilityTimeoutSeconds = VISIBILITY_TIMEOUT_SECONDS, httpPort, sqsPort, pusherPort } = options;
  const queueOptions = { ...options.queue, port: sqsPort, visibilityTimeoutSeconds };
  const started = createStarted();
  try {
    const pusher = options.cloudPusher ?? (await named("--pusher-port", pusherPort, startLocalPusher(pusherPort)));
    started.push(() => pusher.close());
    const queue = await named("--sqs-port", sqsPort, startQueue(queueOptions));
    started.push(() => queue.stop());
    const env = { ...ANY_ORIGIN, ...queueEnvironment(queue), ...options.env, ...pusher.env };
    const functions = startFunctions(env, (name, line) => options.onLog?.(name, line), options);
    started.push(() => functions.stop());
    // What does not initialize says so at once, and not at the first message.
    await functions.warm();
    const routes = routesOf(functions);
    const http = await named("--http-port", httpPort, startHttpApi({ ...options, port: httpPort, routes }));
    started.push(() => http.close());
    // An app that somebody else started has its webhooks configured there.
    if (!options.cloudPusher) pusher.server?.sendWebhooksTo(`${apiUrl(http.url)}/webhook`);
    let poller: Poller | undefined;
    const startPolling = (): void => {
      const invoke = (event: SQSEvent) => functions.invoke("relay", event);
      poller ??= startPoller({ ...options, ...options.poller, source: createSqsSource(queue), invoke });
    };
    started.push(async () => poller?.stop());
    if (!options.holdMessages) startPolling();
    const { kill: killFunction } = functions;
    return { http, queue, pusher, apiUrl: apiUrl(http.url), startPolling, killFunction, stop: started.stop };
  } catch (error) {
    await started.stop();
    throw error;
  }
}

/** How the functions reach the dead-letter queue, as Lambda's own environment and role would let them. */
const queueEnvironment = ({ endpoint, credentials, deadLetterQueueUrl }: Queue): Record<string, string> => ({
  REALTIME_DLQ_URL: deadLetterQueueUrl,
  AWS_ENDPOINT_URL_SQS: endpoint,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

/** A part that cannot start says which flag moves it. */
async function named<T>(flag: string, port: number, part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (error) {
    throw new StartError(flag, port, error);
  }
}

function createStarted() {
  const ends: (() => Promise<void>)[] = [];
  return {
    push: (end: () => Promise<void>): void => void ends.push(end),
    async stop(): Promise<void> {
      for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
    },
  };
}
