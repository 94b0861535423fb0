import type { Publication } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import type { Publish } from "../../functions/publisher.ts";
import type { FakeClock } from "./fake-clock.ts";

export type Answer = (entries: readonly Entry[], call: number) => Publication;

export const published: Publication = { ok: true };
export const refused: Publication = { ok: false, code: "rejected_by_pusher", detail: "status 400" };
export const unavailable: Publication = { ok: false, code: "pusher_unavailable", detail: "status 503" };
export const misconfigured: Publication = { ok: false, code: "pusher_misconfigured", detail: "status 401" };
/** Too fast; asks to be left alone for so long. */
export const limited = (retryAfterMs: number): Publication => ({
  ok: false,
  code: "pusher_rate_limited",
  detail: "status 429",
  retryAfterMs,
});

/** A Pusher that remembers its calls and answers as it is told. */
export function fakePublish(answer: Answer = () => published) {
  const calls: (readonly Entry[])[] = [];
  const publish: Publish = async (entries) => {
    calls.push(entries.map(({ channel, name, data }) => ({ channel, name, data })));
    return answer(entries, calls.length);
  };
  return { publish, calls };
}

/** Each call takes its time; cut off at its timeout it is unanswered, and may have been heard all the same. */
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
