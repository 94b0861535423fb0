import { createServer, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { type PusherTarget, startLocalPusher } from "@realtime-gateway/local";
import { onTestFinished } from "vitest";
import { listenOnFreePort } from "./local-ports.ts";

export interface PickyPusher {
  readonly target: PusherTarget;
  /** Answers every call with this event with this status, and does not forward it. */
  reject(label: string, status: number): void;
  /** Forwards every call again. */
  acceptAll(): void;
}

/**
 * A Pusher that rejects single events, like one with tighter limits. The server's own fault plan counts calls, but these
 * tests are about the events in a call.
 */
export async function startPickyPusher(): Promise<PickyPusher> {
  const target = await startLocalPusher(0);
  const rejected = new Map<string, number>();
  const front = createServer(async (call, answer) => {
    const body = await buffer(call);
    const status = [...rejected].find(([label]) => hasEvent(body, label))?.[1];
    if (status !== undefined) {
      answer.writeHead(status).end();
      return;
    }
    const { method, url, headers } = call;
    request({ host: target.host, port: target.port, method, path: url, headers }, (theirs) => {
      answer.writeHead(theirs.statusCode ?? 500, theirs.headers);
      theirs.pipe(answer);
    }).end(body);
  });
  const port = await listenOnFreePort(front);
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  return {
    target: { ...target, env: { ...target.env, PUSHER_PORT: String(port) } },
    reject: (label, status) => void rejected.set(label, status),
    acceptAll: () => rejected.clear(),
  };
}

/** The payload is JSON in a string of JSON, so its quotes are escaped. */
const hasEvent = (body: Buffer, label: string): boolean => body.includes(`\\"label\\":\\"${label}\\"`);
