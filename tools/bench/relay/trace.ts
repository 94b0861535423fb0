import { entityOf } from "@realtime-gateway/events";
import { type Message, route } from "@realtime-gateway/routing";
import { playAudit, type SceneEvent } from "../../../packages/local/src/demo/scenario.ts";

/** Jobs report their progress several times between two steps. */
const REPORTS_PER_PROGRESS = 4;

/** Audits that run at the same time, their events interleaved by a fixed seed; each audit's own keep their order. */
export function auditTrace(audits: number, seed = 1): readonly Message[] {
  const queues = Array.from({ length: audits }, (_, index) => auditEvents(index));
  const draw = createDraw(seed);
  const trace: Message[] = [];
  while (queues.length > 0) {
    const chosen = Math.floor(draw() * queues.length);
    const next = queues[chosen]?.shift();
    if (next === undefined) queues.splice(chosen, 1);
    else trace.push(next);
  }
  return trace;
}

function auditEvents(index: number): Message[] {
  const cast = { audit_id: `audit-${index}`, fiche_id: `fiche-${index}`, jobId: `job-${index}`, batch_id: "batch-1" };
  return playAudit(cast).flatMap((event) => {
    const message = messageOf(event);
    return message.entity !== undefined
      ? Array.from({ length: REPORTS_PER_PROGRESS }, () => ({ ...message }))
      : [message];
  });
}

function messageOf({ name, data }: SceneEvent): Message {
  const event = { name, data: { ...data }, json: JSON.stringify(data) };
  const routed = route(event, "private");
  if (!routed.ok) throw new Error(`the trace's own event is invalid: ${routed.detail}`);
  const { channels } = routed.value;
  return { name, channels, json: event.json, entity: entityOf(event) };
}

/** Park and Miller's generator: the same trace on every machine. */
function createDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
