import { createPusherSigner } from "@realtime-gateway/pusher";
import { startPusherServer } from "@realtime-gateway/pusher-server";
import { startProcess } from "../measure/bench-process.ts";
import { startAuthorizationServer } from "./authorization-server.ts";
import type { PageWay } from "./page-ways.ts";

export interface ReconnectSize {
  readonly pages: number;
  /** Channels that each page subscribes to. */
  readonly audits: number;
}

/** The requests and reads of the pages after the server was back, in milliseconds from then. */
export interface Reconnect {
  readonly requestsMs: readonly number[];
  readonly readsMs: readonly number[];
}

const APP = { appId: "1000", key: "bench-key", secret: "bench-secret" };

/** Opens the pages, restarts the Pusher server, and collects what follows until each page has read all of its audits. */
export async function measureReconnect(way: PageWay, { pages, audits }: ReconnectSize): Promise<Reconnect> {
  const first = await startPusherServer({ apps: [APP] });
  const { port } = first;
  const authorization = await startAuthorizationServer(createPusherSigner(APP));
  const { ask, stop } = startProcess(new URL("./pages-process.ts", import.meta.url), [
    way,
    String(pages),
    String(audits),
    String(port),
    authorization.url,
  ]);
  try {
    await ask("open");
    authorization.requestsAtMs.length = 0;
    const read = ask("reconnect");
    await first.close();
    const second = await startPusherServer({ apps: [APP], port });
    const backAtMs = Date.now();
    const sinceBack = (atMs: number): number => atMs - backAtMs;
    try {
      return { readsMs: timesIn(await read).map(sinceBack), requestsMs: authorization.requestsAtMs.map(sinceBack) };
    } finally {
      await second.close();
    }
  } finally {
    await stop();
    await first.close();
    authorization.close();
  }
}

function timesIn(answer: unknown): readonly number[] {
  if (!Array.isArray(answer) || !answer.every((time) => typeof time === "number"))
    throw new TypeError("the pages did not answer with times");
  return answer;
}
