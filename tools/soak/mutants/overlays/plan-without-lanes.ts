import type { Message } from "../../../../packages/routing/src/message.ts";
import { type Call, MAX_BATCH_EVENTS } from "../../../../packages/routing/src/plan.ts";

export * from "../../../../packages/routing/src/plan.ts";

/** Every call is a lane of its own, so all calls run in parallel. */
export function plan<M extends Message>(messages: readonly M[]): readonly Call<M>[] {
  const entries = messages.flatMap((message) =>
    message.channels.map((channel) => ({ channel, name: message.name, data: message.json, message })),
  );
  const calls: Call<M>[] = [];
  for (let at = 0; at < entries.length; at += MAX_BATCH_EVENTS) {
    const call = entries.slice(at, at + MAX_BATCH_EVENTS);
    const [first] = call;
    if (first) calls.push(call.map((entry) => ({ ...entry, lane: first.message })));
  }
  return calls;
}
