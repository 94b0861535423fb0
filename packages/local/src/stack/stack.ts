import { StartError } from "@realtime-gateway/command-line";
import { FUNCTIONS, type FunctionName } from "@realtime-gateway/functions/manifest";
import { basePathSettings, readConfig, relaySettings } from "@realtime-gateway/settings";
import type { SQSEvent } from "aws-lambda";
import { type Control, createControl } from "../control/control.ts";
import { createControlRoute } from "../control/control-route.ts";
import { controlOperations, sendEvents } from "../control/operations.ts";
import { isTrace, relayRecordIn, wantsTrace } from "../control/relay-log.ts";
import type { GatewayUrls } from "../control/types.ts";
import { type BatchObservation, type Poller, startPoller } from "../event-source/poller.ts";
import { createSqsSource } from "../event-source/source.ts";
import type { Hint } from "../hints/hint.ts";
import { createHints } from "../hints/hints.ts";
import { type HttpApi, type HttpStream, type RequestObservation, startHttpApi } from "../http-api/http-api.ts";
import type { HttpResponse } from "../http-api/response.ts";
import { createMcpRoute } from "../mcp/mcp-route.ts";
import { createPageRoutes } from "../page/page-routes.ts";
import { createEventSender } from "../send-events/send-events.ts";
import { type Queue, startQueue } from "../sqs/queue.ts";
import { defaultOrigins } from "./default-origins.ts";
import { environmentVariables } from "./environment.ts";
import { localRoutes, startFunctions } from "./functions.ts";
import { gatewayUrls } from "./gateway-urls.ts";
import { type PusherTarget, startLocalPusher } from "./pusher-target.ts";
import { type LocalQueueSettings, localQueueOptions } from "./queue-options.ts";

/** A port of 0 takes a free one. */
export interface StackOptions extends LocalQueueSettings {
  readonly httpPort: number;
  readonly pusherPort: number;
  /** Replaces the local Pusher server. */
  readonly cloudPusher?: PusherTarget;
  /** Settings of the functions. The Pusher app's come from the local server or from `cloudPusher`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Replaces the timeout of the table of functions. */
  readonly relayTimeoutMs?: number;
  /** The path of a function's bundle. Default: the one that the build writes. */
  readonly bundleOf?: (name: FunctionName) => string;
  /** Messages remain in the queue until `startPolling` is called. */
  readonly holdMessages?: boolean;
  onLog?(functionName: FunctionName, line: string): void;
  onInvoke?(records: SQSEvent["Records"]): void;
  onBatch?(batch: BatchObservation): void;
  onRequest?(request: RequestObservation, response: HttpResponse | HttpStream): void;
  onError?(error: unknown): void;
  /** Called with advice for the developer. */
  onHint?(hint: Hint): void;
}

export interface Stack {
  readonly http: HttpApi;
  readonly queue: Queue;
  readonly pusher: PusherTarget;
  /** Shows and changes everything in the stack. The control API serves the same. */
  readonly control: Control;
  /** The address in front of the routes: `http://host:port/api/realtime/pusher`, or the path of `REALTIME_BASE_PATH`. */
  readonly apiUrl: string;
  /** Takes events as plain JSON (`POST`). */
  readonly eventsUrl: string;
  /** Starts to pass messages to the relay. Idempotent. */
  startPolling(): void;
  /** Kills a function in the middle of its invocations, as a crash would. */
  killFunction(name: FunctionName): Promise<void>;
  /** Loads a function's bundle anew for later invocations; current ones finish. Rejects if it does not initialize. */
  restartFunction(name: FunctionName): Promise<void>;
  /** Stops everything in reverse order. Idempotent. */
  stop(): Promise<void>;
}

/** Starts the gateway on this machine: Pusher, queue, functions, poller, HTTP API. Rejects with a `StartError`. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { httpPort, sqsPort, pusherPort } = options;
  const { basePath } = readConfig(basePathSettings, options.env ?? {});
  const started = createStarted();
  try {
    const pusher = options.cloudPusher ?? (await named("--pusher-port", pusherPort, startLocalPusher(pusherPort)));
    started.push(() => pusher.close());
    let urls: GatewayUrls | undefined;
    const queueOptions = { ...localQueueOptions(options), eventsUrl: () => urls?.events };
    const queue = await named("--sqs-port", sqsPort, startQueue(queueOptions));
    started.push(() => queue.stop());
    const origins = defaultOrigins(options.cloudPusher !== undefined);
    const env = { ...origins, ...queueEnvironment(queue), ...options.env, ...pusher.env };
    const showsTrace = wantsTrace(env);
    const functions = startFunctions(FUNCTIONS, {
      env: { ...env, REALTIME_TRACE: "1" },
      relayTimeoutMs: options.relayTimeoutMs,
      bundleOf: options.bundleOf,
      onLog(name, line) {
        const record = name === "relay" ? relayRecordIn(line) : undefined;
        if (record !== undefined) control.logged(record);
        if (record === undefined || showsTrace || !isTrace(record)) options.onLog?.(name, line);
      },
    });
    const control = createControl({
      config: readConfig(relaySettings, env),
      pusher,
      queue,
      invokeRelay: (event, handover) => functions.invoke("relay", event, handover),
      killRelay: () => functions.kill("relay"),
      restartRelay: () => functions.restart("relay"),
      env: () => environmentVariables({ queue, pusher, apiUrl: urls?.api ?? "http://127.0.0.1", control }),
      urls: () => urls ?? gatewayUrls("", "", pusher),
      nowMs: Date.now,
    });
    started.push(() => functions.stop());
    // A function that cannot initialize fails the start, and not the first message.
    await functions.warm();
    const hints = createHints(env, (hint) => {
      control.hint(hint);
      options.onHint?.(hint);
    });
    started.push(() => hints.settled());
    pusher.server?.onSubscribe(hints.subscribed);
    const routes = hints.explainDenials(localRoutes(FUNCTIONS, functions, basePath));
    const sender = createEventSender(queue, readConfig(relaySettings, env));
    const ownRoutes = [
      createControlRoute([sendEvents(sender), ...controlOperations(control)]),
      createMcpRoute(),
      ...createPageRoutes({ webSocketUrl: () => gatewayUrls("", "", pusher).webSocket }),
    ];
    const http = await named("--http-port", httpPort, startHttpApi({ ...options, port: httpPort, routes, ownRoutes }));
    started.push(() => http.close());
    // Open streams would delay the end of the HTTP API.
    started.push(async () => control.close());
    const apiUrl = http.url + basePath;
    urls = gatewayUrls(http.url, apiUrl, pusher);
    // The dashboard of a Pusher app in the cloud configures its own webhooks.
    if (!options.cloudPusher) pusher.server?.sendWebhooksTo(`${apiUrl}/webhook`);
    let poller: Poller | undefined;
    const startPolling = (): void => {
      poller ??= startPoller({
        ...options,
        ...options.poller,
        source: createSqsSource(queue),
        invoke: control.invoke,
        onBatch(batch) {
          control.settled(batch);
          options.onBatch?.(batch);
        },
      });
    };
    started.push(async () => {
      control.faults.clear();
      await poller?.stop();
    });
    if (!options.holdMessages) startPolling();
    const { kill: killFunction, restart: restartFunction } = functions;
    const { events: eventsUrl } = urls;
    const { stop } = started;
    return { http, queue, pusher, control, apiUrl, eventsUrl, startPolling, killFunction, restartFunction, stop };
  } catch (error) {
    await started.stop();
    throw error;
  }
}

/** The dead-letter queue and its credentials, in place of Lambda's own environment and role. */
const queueEnvironment = ({ endpoint, credentials, deadLetterQueueUrl }: Queue): Record<string, string> => ({
  REALTIME_DLQ_URL: deadLetterQueueUrl,
  AWS_ENDPOINT_URL_SQS: endpoint,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

/** Adds to an error the flag that moves the part to another port. */
async function named<T>(flag: string, port: number, part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (error) {
    throw new StartError(flag, port, error);
  }
}

function createStarted() {
  const ends: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  async function endAll(): Promise<void> {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  }
  return {
    push: (end: () => Promise<void>): void => void ends.push(end),
    /** A second call during the first one must not end the parts beside it: that would break their order. */
    stop(): Promise<void> {
      stopped ??= endAll();
      return stopped;
    },
  };
}
