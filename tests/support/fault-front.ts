import { createServer, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { type PusherTarget, startLocalPusher } from "@realtime-gateway/local";
import { onTestFinished } from "vitest";
import { listenOnFreePort } from "./local-ports.ts";

export interface PickyPusher {
  readonly target: PusherTarget;
  /** Answers every call that holds this event with this status, and tells the app nothing of it. */
  refuse(label: string, status: number): void;
  /** Takes everything again. */
  relent(): void;
}

/**
 * A Pusher that objects to single events, as one does whose limits are narrower than those that we know of. The fault plan knows calls
 * by their number only, and which event is in which call is what such a test is about.
 */
export async function startPickyPusher(): Promise<PickyPusher> {
  const target = await startLocalPusher(0);
  const refused = new Map<string, number>();
  const front = createServer(async (call, answer) => {
    const body = await buffer(call);
    const status = [...refused].find(([label]) => holds(body, label))?.[1];
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
    refuse: (label, status) => void refused.set(label, status),
    relent: () => refused.clear(),
  };
}

/** A payload is JSON within JSON. */
const holds = (body: Buffer, label: string): boolean => body.includes(`\\"label\\":\\"${label}\\"`);
