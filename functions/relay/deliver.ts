import type { Publication } from "@realtime-gateway/pusher";
import type { PlannedEntry } from "@realtime-gateway/routing";
import type { Publish } from "../publisher.ts";

export type Failure = Extract<Publication, { ok: false }>;

/**
 * Fifth verb: publishes the batches one after another, and says which messages failed, by their position.
 * A batch that is refused for its content is resent entry by entry, in order, so that only the culprit is blamed. Any other
 * failure ends the delivery: what follows would overtake what has to come back.
 */
export async function deliver(
  batches: readonly (readonly PlannedEntry[])[],
  publish: Publish,
): Promise<ReadonlyMap<number, Failure>> {
  const failures = new Map<number, Failure>();
  const queue = [...batches];
  for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
    const publication = await publish(batch);
    if (publication.ok) continue;
    const refused = publication.code === "rejected_by_pusher";
    if (refused && batch.length > 1) {
      queue.unshift(...batch.map((entry) => [entry]));
      continue;
    }
    const undelivered = refused ? batch : [...batch, ...queue.flat()];
    for (const { message } of undelivered) failures.set(message, publication);
    if (!refused) break;
  }
  return failures;
}
