import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { buildApp } from "fauxqs";
import { closeServer, LOOPBACK, listen } from "../loopback/server.ts";
import { type FrontDeps, serveFront } from "./front.ts";
import type { ActionInput } from "./query/parameters.ts";
import type { JsonAnswer } from "./query/query.ts";
import { messagesIn, type QueuedMessage } from "./queue-view.ts";
import { noteGroups } from "./standard-groups.ts";

export interface EmulatorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string | undefined;
  /** The text at `GET /`. */
  about(): string;
}

/** An entry of SendMessageBatch, in the words of SQS. */
export interface QueueEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string;
}

export interface EntryOutcomes {
  readonly successful: readonly { readonly Id: string; readonly MessageId: string }[];
  readonly failed: readonly { readonly Id: string; readonly Code: string; readonly Message: string }[];
}

export interface Emulator {
  readonly port: number;
  readonly endpoint: string;
  /** The messages of a queue, without receiving them. */
  look(queueName: string): Promise<readonly QueuedMessage[]>;
  /** Sends up to ten messages without a request over the network. Throws an Error with SQS's reason if it takes none of them. */
  sendBatch(queueUrl: string, entries: readonly QueueEntry[]): Promise<EntryOutcomes>;
  /** Deletes every message of a queue, also those in flight. */
  purge(queueUrl: string): Promise<void>;
  stop(): Promise<void>;
}

/** The idle time after which fauxqs itself closes a connection. A shorter one would meet requests of a client that reuses it. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** fauxqs behind a front that lets only SQS through. Rejects with `code: "EADDRINUSE"` when the port is taken. */
export async function startEmulator({ port, host = LOOPBACK, about }: EmulatorOptions): Promise<Emulator> {
  const app = createApp();
  await app.ready();
  let ownPort = port;
  async function perform(action: string, input: ActionInput): Promise<JsonAnswer> {
    const headers = {
      // URLs of new queues have its port.
      host: `${LOOPBACK}:${ownPort}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `AmazonSQS.${action}`,
    };
    const { statusCode, body } = await app.inject({
      method: "POST",
      url: "/",
      headers,
      payload: JSON.stringify(input),
    });
    return { status: statusCode, body: JSON.parse(body || "{}") };
  }
  const deps: FrontDeps = {
    about,
    serveJson(request, response) {
      // AWS accepts the queue's path for every action. fauxqs takes any other path than / for S3.
      request.url = "/";
      // Its region would hide queues of other regions. The local queue belongs to any region.
      delete request.headers.authorization;
      app.routing(request, response);
    },
    perform,
  };
  const server = createServer((request, response) => void serve(request, response, deps));
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  const look = async (queueName: string): Promise<readonly QueuedMessage[]> => {
    // An injected request does no I/O, so a caller that polls would keep all other requests waiting.
    await setImmediate();
    const { body } = await app.inject({ method: "GET", url: `/_fauxqs/queues/${queueName}` });
    return messagesIn(JSON.parse(body));
  };
  async function purge(queueUrl: string): Promise<void> {
    const { status } = await perform("PurgeQueue", { QueueUrl: queueUrl });
    if (status !== 200) throw new Error(`The queue ${queueUrl} cannot be emptied: status ${status}`);
  }
  async function sendBatch(queueUrl: string, entries: readonly QueueEntry[]): Promise<EntryOutcomes> {
    // An injected request does no I/O, so a long list would keep all other requests waiting.
    await setImmediate();
    const { status, body } = await perform("SendMessageBatch", { QueueUrl: queueUrl, Entries: entries });
    const { Successful = [], Failed = [], message } = Object(body);
    if (status !== 200) throw new Error(String(message));
    return { successful: Successful, failed: Failed };
  }
  const stop = async (): Promise<void> => {
    // First the emulator: it answers the open long polls.
    await app.close();
    await closeServer(server);
  };
  try {
    ownPort = await listen(server, port, host);
    return { port: ownPort, endpoint: `http://${LOOPBACK}:${ownPort}`, look, sendBatch, purge, stop };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, deps: FrontDeps): Promise<void> {
  try {
    await serveFront(request, response, deps);
  } catch {
    // The client closed the connection during its request.
    response.destroy();
  }
}

/**
 * fauxqs returns queue URLs under `sqs.<region>.localhost`, which many resolvers do not resolve. Those answers get the loopback address.
 */
function createApp() {
  const app = buildApp({ logger: false });
  app.addHook("preHandler", async ({ body }) => noteGroups(body));
  app.addHook("onSend", async (request, _reply, payload) => {
    const target = request.headers["x-amz-target"];
    const namesQueues = typeof target === "string" && /\.(CreateQueue|GetQueueUrl|ListQueues)$/.test(target);
    return namesQueues && typeof payload === "string"
      ? payload.replaceAll(/http:\/\/sqs\.[a-z0-9-]+\.localhost(?=[:/])/g, `http://${LOOPBACK}`)
      : payload;
  });
  return app;
}
