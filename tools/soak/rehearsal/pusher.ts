import type { Publication } from "@realtime-gateway/pusher";
import type { Publish } from "../../../functions/publisher.ts";
import type { FaultEffect } from "../../../packages/pusher-server/src/index.ts";
import type { PusherPlan } from "../plan/pusher-plan.ts";
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
    else if (isAccepted(effect)) accept();
    const [publication, tookMs] = answerOf(effect, timeoutMs);
    await clock.sleep(tookMs);
    call.answered(publication.ok ? "clean" : "failed", publication.ok ? 0 : publication.retryAfterMs);
    return publication;
  };
}

const TOO_LARGE: FaultEffect = { kind: "answer", status: 413 };

const isAccepted = (effect: FaultEffect | undefined): boolean =>
  effect === undefined ||
  effect.kind === "answer-late" ||
  effect.kind === "stall-body" ||
  ("accepted" in effect && effect.accepted === true);

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
function answerWith(status: number, retryAfter: string | undefined): Publication {
  const detail = `status ${status}`;
  const pause = retryAfter === undefined ? {} : { retryAfterMs: Number(retryAfter) * 1_000 };
  if (status === 400 || status === 413) return { ok: false, code: "rejected_by_pusher", detail };
  if (status === 401) return { ok: false, code: "pusher_misconfigured", detail };
  if (status === 429) return { ok: false, code: "pusher_rate_limited", detail, ...pause };
  return { ok: false, code: "pusher_unavailable", detail, ...pause };
}
