import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { PusherTarget } from "@realtime-gateway/local";
import { applyFault } from "../../../packages/pusher-server/src/http/apply-fault.ts";
import type { ObservedCall } from "../checker/observations.ts";
import { isRefusal, type PusherPlan } from "../plan/pusher-plan.ts";
import type { SoakRecorder } from "../recorder.ts";
import { markerIn } from "../traffic/draft.ts";
import { type ConnectionWatch, type Front, IN_TIME_MS, startFront, watchConnections } from "./front.ts";

export interface PusherFrontDeps {
  readonly target: Pick<PusherTarget, "host" | "port">;
  readonly plan: PusherPlan;
  readonly recorder: SoakRecorder;
  /** Each accepted entry. */
  onPublication(): void;
}

interface PublishedEntry {
  readonly name: string;
  readonly channel: string;
  readonly data: string;
}

const JSON_TYPE = "application/json";

/** Stands between the relay and the Pusher server: strikes with the plan's faults, and observes every call. */
export function startPusherFront(deps: PusherFrontDeps): Promise<Front> {
  const closing = new AbortController();
  const doubts = watchConnections();
  const server = createServer((request, response) => {
    // A fault may end the connection while the answer is on its way.
    handle(request, response, { ...deps, ...doubts }, closing.signal).catch(() => response.destroy());
  });
  server.on("connection", doubts.onConnection);
  return startFront(server, () => closing.abort());
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { target, plan, recorder, onPublication, onAnswer }: PusherFrontDeps & ConnectionWatch,
  closing: AbortSignal,
): Promise<void> {
  const startedAtMs = performance.now();
  const body = await buffer(request);
  const { batch }: { readonly batch: readonly PublishedEntry[] } = JSON.parse(body.toString());
  const call = recorder.called(batch);
  const effect = plan.next(batch.map(({ channel, data }) => ({ marker: markerIn(data), channel })));
  const url = `http://${target.host}:${target.port}${request.url}`;
  const accept = async () => {
    const answer = await fetch(url, { method: "POST", body, headers: { "content-type": JSON_TYPE } });
    const text = await answer.text();
    if (answer.ok) {
      call.accepted();
      for (const _ of batch) onPublication();
    }
    return { status: answer.status, contentType: JSON_TYPE, body: text };
  };
  const { socket } = request;
  response.once("close", () => {
    const isReceived = response.writableFinished && performance.now() - startedAtMs < IN_TIME_MS;
    call.answered(isReceived ? endOf(response.statusCode) : "failed", pauseOf(response));
    onAnswer(socket, call.doubted);
  });
  // An effect without a pause is the server's own behaviour.
  await applyFault(effect ?? { kind: "wait", ms: 0 }, response, accept, closing);
}

function endOf(status: number): ObservedCall["end"] {
  if (status === 200) return "clean";
  return isRefusal(status) ? "refused" : "failed";
}

const pauseOf = (response: ServerResponse): number => Number(response.getHeader("retry-after") ?? 0) * 1_000;
