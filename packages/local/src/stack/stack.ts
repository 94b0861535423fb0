import { bundlePath, type FunctionName } from "@realtime-gateway/functions/build";
import { createFunctionRunner, type FunctionRunner } from "../function-runner.ts";
import { type HttpApi, type RequestObservation, startHttpApi } from "../http-api.ts";
import { type BatchObservation, startPoller } from "../poller.ts";
import { type Queue, startQueue } from "../queue.ts";
import { createSqsSource } from "../sqs-source.ts";
import type { PusherTarget } from "./pusher-target.ts";

export interface StackOptions {
  /** 0 takes a free port. */
  readonly httpPort: number;
  readonly sqsPort: number;
  readonly startPusher: () => Promise<PusherTarget>;
  /** Settings of the functions, beside the Pusher app's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly visibilityTimeoutSeconds?: number;
  onLog?(functionName: FunctionName, line: string): void;
  onBatch?(batch: BatchObservation): void;
  onRequest?(request: RequestObservation): void;
  onError?(error: unknown): void;
}

export interface Stack {
  readonly http: HttpApi;
  readonly queue: Queue;
  readonly pusher: PusherTarget;
  /** Where the HTTP routes are: `http://host:port/api/realtime/pusher`. */
  readonly apiUrl: string;
  /** Stops everything, the last started first. Idempotent. */
  stop(): Promise<void>;
}

/** The flag that moves a part to another port. */
export type PortFlag = "--http-port" | "--sqs-port" | "--pusher-port";

/** A part of the stack could not start. `flag` is the one that moves it to another port. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly flag: PortFlag;

  constructor(flag: PortFlag, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.flag = flag;
  }

  get portIsTaken(): boolean {
    return this.cause instanceof Error && "code" in this.cause && this.cause.code === "EADDRINUSE";
  }
}

const API_PATH = "/api/realtime/pusher";
const ROUTES: readonly (readonly [path: string, FunctionName])[] = [
  ["/auth", "auth"],
  ["/user-auth", "auth"],
  ["/health", "auth"],
  ["/test", "test-event"],
];

const RELAY_TIMEOUT_MS = 30_000;
/** Below the HTTP API's own 30 s. */
const HTTP_TIMEOUT_MS = 10_000;
/**
 * A failed message comes back this soon. In the cloud it is six times the relay's timeout; here nobody wants to wait
 * minutes to see what becomes of a message that cannot be understood.
 */
const VISIBILITY_TIMEOUT_SECONDS = 2;

/** Boots the gateway on this machine: Pusher, queue, functions, poller, HTTP API. Rejects with a `StartError`. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const started: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (let end = started.pop(); end !== undefined; end = started.pop()) await end();
  };
  const begin = async <T>(part: Promise<T>, flag: PortFlag, end: (part: T) => Promise<unknown>): Promise<T> => {
    const running = await part.catch((error: unknown) => Promise.reject(new StartError(flag, error)));
    started.push(() => end(running));
    return running;
  };

  try {
    const pusher = await begin(options.startPusher(), "--pusher-port", (target) => target.close());
    const { visibilityTimeoutSeconds = VISIBILITY_TIMEOUT_SECONDS } = options;
    const queue = await begin(startQueue({ port: options.sqsPort, visibilityTimeoutSeconds }), "--sqs-port", (q) =>
      q.stop(),
    );
    const runners = createRunners({ ...options.env, ...pusher.env }, options);
    started.push(() => Promise.all([...runners.values()].map((runner) => runner.stop())));
    const routes = ROUTES.map(([path, name]) => ({ path: API_PATH + path, invoke: invokeOf(runners, name) }));
    const http = await begin(startHttpApi({ ...options, port: options.httpPort, routes }), "--http-port", (api) =>
      api.close(),
    );
    // What does not initialize says so at once, and not at the first message.
    await Promise.all([...runners.values()].map((runner) => runner.warm()));
    const poller = startPoller({ ...options, source: createSqsSource(queue), invoke: invokeOf(runners, "relay") });
    started.push(() => poller.stop());
    return { http, queue, pusher, apiUrl: http.url + API_PATH, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Runners = ReadonlyMap<FunctionName, FunctionRunner>;

function createRunners(env: Readonly<Record<string, string>>, { onLog }: StackOptions): Runners {
  const timeouts = { relay: RELAY_TIMEOUT_MS, auth: HTTP_TIMEOUT_MS, "test-event": HTTP_TIMEOUT_MS };
  const create = (name: FunctionName) =>
    createFunctionRunner({
      name,
      bundlePath: bundlePath(name),
      env,
      timeoutMs: timeouts[name],
      logFormat: "JSON",
      onLog: (line) => onLog?.(name, line),
    });
  return new Map((["relay", "auth", "test-event"] as const).map((name) => [name, create(name)]));
}

function invokeOf(runners: Runners, name: FunctionName): (event: unknown) => Promise<unknown> {
  const runner = runners.get(name);
  if (runner === undefined) throw new Error(`there is no function ${name}`);
  return (event) => runner.invoke(event);
}
