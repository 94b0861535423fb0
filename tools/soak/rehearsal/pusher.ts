import type { PublishFailureCode } from "@realtime-gateway/codes";
import type { Publication } from "@realtime-gateway/pusher";
import type { Publish } from "../../../functions/publisher.ts";
import type { FaultEffect } from "../../../packages/pusher-server/src/index.ts";
import { accepts, isRefusal, type PusherPlan } from "../plan/pusher-plan.ts";
import type { SoakRecorder } from "../recorder.ts";
import { markerIn } from "../traffic/draft.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export interface RehearsedPusherDeps {
  readonly plan: PusherPlan;
  readonly recorder: SoakRecorder;
  readonly clock: VirtualClock;
  readonly timeoutMs: number;
  /** Each accepted entry. A kill strikes here. */
  onPublication(): void;
  /** An acceptance that comes after the relay gave up. */
  late(accept: () => void): void;
}

const LATENCY_MS = 15;
/** Pusher accepts no more (HTTP API reference). */
const MAX_DATA_BYTES = 10_240;

const PUBLISHED: Publication = { ok: true };
const TIMED_OUT: Publication = { ok: false, code: "pusher_unavailable", detail: "timeout" };

/** A Pusher in memory, with the faults of its plan. */
export function createRehearsedPusher(deps: RehearsedPusherDeps): Publish {
  const { plan, recorder, clock } = deps;
  return async (entries, timeoutMs = deps.timeoutMs) => {
    const call = recorder.called(entries);
    const effect =
      plan.next(entries.map(({ channel, data }) => ({ marker: markerIn(data), channel }))) ??
      (entries.some(({ data }) => Buffer.byteLength(data) > MAX_DATA_BYTES) ? TOO_LARGE : undefined);
    const accept = (): void => {
      call.accepted();
      for (const _ of entries) deps.onPublication();
    };
    if (effect?.kind === "wait") deps.late(accept);
    else if (effect === undefined || accepts(effect)) accept();
    const [publication, tookMs] = answerOf(effect, timeoutMs);
    await clock.sleep(tookMs);
    if (publication.ok) call.answered("clean");
    else call.answered(isRefusal(publication.status) ? "refused" : "failed", publication.retryAfterMs);
    return publication;
  };
}

const TOO_LARGE: FaultEffect = { kind: "answer", status: 413 };

function answerOf(effect: FaultEffect | undefined, timeoutMs: number): readonly [Publication, tookMs: number] {
  if (effect === undefined) return [PUBLISHED, LATENCY_MS];
  switch (effect.kind) {
    case "answer":
      return [answerWith(effect.status, effect.headers?.["retry-after"]), LATENCY_MS];
    case "reset":
      return [{ ok: false, code: "pusher_unavailable", detail: "ECONNRESET" }, LATENCY_MS];
    case "answer-late":
      return effect.ms !== undefined && effect.ms < timeoutMs ? [PUBLISHED, effect.ms] : [TIMED_OUT, timeoutMs];
    case "wait":
    case "stall-body":
      return [TIMED_OUT, timeoutMs];
  }
}

/** Contract, section 9. */
const CODES: Readonly<Record<number, PublishFailureCode>> = {
  307: "pusher_misconfigured",
  400: "rejected_by_pusher",
  401: "pusher_misconfigured",
  403: "pusher_misconfigured",
  413: "rejected_by_pusher",
  422: "rejected_by_pusher",
  429: "pusher_rate_limited",
};

const answerWith = (status: number, retryAfter: string | undefined): Publication => ({
  ok: false,
  code: CODES[status] ?? "pusher_unavailable",
  detail: `status ${status}`,
  status,
  ...(retryAfter !== undefined && { retryAfterMs: Number(retryAfter) * 1_000 }),
});
