import type { Publication } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import type { Publish } from "../../functions/publisher.ts";
import type { FakeClock } from "./fake-clock.ts";

export type PusherAnswer = (entries: readonly Entry[], call: number) => Publication;

export const published: Publication = { ok: true };
export const refused: Publication = { ok: false, code: "rejected_by_pusher", detail: "status 400" };
export const unavailable: Publication = { ok: false, code: "pusher_unavailable", detail: "status 503" };
export const misconfigured: Publication = { ok: false, code: "pusher_misconfigured", detail: "status 401" };
/** Pusher is asked too often, and asks for a pause. */
export const limited = (retryAfterMs: number): Publication => ({
  ok: false,
  code: "pusher_rate_limited",
  detail: "status 429",
  retryAfterMs,
});

/** A Pusher that remembers its calls. The test chooses its answers. */
export function fakePublish(answer: PusherAnswer = () => published) {
  const calls: (readonly Entry[])[] = [];
  const publish: Publish = async (entries) => {
    calls.push(entries.map(({ channel, name, data }) => ({ channel, name, data })));
    return answer(entries, calls.length);
  };
  return { publish, calls };
}

/** Each call takes its time. A call that its timeout cuts off has no answer, but Pusher may have published its entries. */
export function slowly(publish: Publish, answerMs: (call: number) => number, clock: FakeClock): Publish {
  let calls = 0;
  return async (entries, timeoutMs = Number.POSITIVE_INFINITY) => {
    calls += 1;
    const tookMs = answerMs(calls);
    const publication = await publish(entries, timeoutMs);
    if (tookMs > 0) await clock.sleep(Math.min(tookMs, timeoutMs));
    return tookMs > timeoutMs ? { ok: false, code: "pusher_unavailable", detail: "timeout" } : publication;
  };
}
