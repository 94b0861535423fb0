import type { Publication } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import type { Publish } from "../../functions/publisher.ts";

export type Answer = (entries: readonly Entry[], call: number) => Publication;

export const published: Publication = { ok: true };
export const refused: Publication = { ok: false, code: "rejected_by_pusher", detail: "status 400" };
export const unavailable: Publication = { ok: false, code: "pusher_unavailable", detail: "status 503" };

/** A Pusher that remembers its calls and answers as it is told. */
export function fakePublish(answer: Answer = () => published) {
  const calls: (readonly Entry[])[] = [];
  const publish: Publish = async (entries) => {
    calls.push(entries.map(({ channel, name, data }) => ({ channel, name, data })));
    return answer(entries, calls.length);
  };
  return { publish, calls };
}
