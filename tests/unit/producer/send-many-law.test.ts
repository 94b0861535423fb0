import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { progressOf } from "../../support/producer-events.ts";
import { FATES, type FateName, producerWorld } from "../../support/producer-world.ts";

const fate: fc.Arbitrary<FateName> = fc.constantFrom("taken", "taken", "taken", ...(Object.keys(FATES) as FateName[]));

const plan = fc.record({
  /** The entity of each event. `undefined` is a notification, which has none. */
  entities: fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }), { maxLength: 60 }),
  fates: fc.array(fate, { minLength: 1, maxLength: 50 }),
  isFifo: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 4 }),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  abortAtCall: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
});
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

async function run({ entities, fates, isFifo, concurrency, maxAttempts, abortAtCall }: Plan) {
  const controller = new AbortController();
  let drawn = 0;
  const ambiguous = new Set<string>();
  const world = producerWorld(
    (id) => {
      const drawnFate = fates[drawn % fates.length] ?? "taken";
      drawn += 1;
      if (drawnFate === "lost") ambiguous.add(id);
      return drawnFate;
    },
    {
      isFifo,
      concurrency,
      maxAttempts,
      onRequest: (_messages, call) => {
        if (call === abortAtCall) controller.abort();
      },
    },
  );
  const events = entities.map((entity) =>
    entity === undefined
      ? (["notification", { type: "info", message: "hello" }] as const)
      : (["audit.progress", progressOf(String(entity))] as const),
  );
  const result = await world.realtime.sendMany(events, { signal: controller.signal });
  return { ...world, ...result, ambiguous, entityOf: (id: string) => entities[Number(id)] };
}

const checkRuns = (check: (plan: Plan, end: Awaited<ReturnType<typeof run>>) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(plan, async (drawn) => check(drawn, await run(drawn))),
    { numRuns: 200 },
  );

describe("sendMany, whatever SQS does", () => {
  it("reports each event in exactly one of its two lists", () =>
    checkRuns(({ entities }, { sent, failed }) => {
      const indexes = [...sent, ...failed].map(({ index }) => index).sort((a, b) => a - b);
      expect(indexes).toEqual(entities.map((_, index) => index));
      for (const { index, id } of [...sent, ...failed]) expect(id).toBe(String(index));
    }));

  it("has each sent event in the queue exactly once, unless an answer was lost", () =>
    checkRuns((_, { sent, queue, ambiguous }) => {
      for (const { id } of sent) {
        const copies = queue.filter((other) => other === id).length;
        expect(ambiguous.has(id) ? Math.min(copies, 1) : copies).toBe(1);
      }
    }));

  it("has no failed event in the queue, unless an answer was lost", () =>
    checkRuns((_, { failed, queue, ambiguous }) => {
      for (const { id = "" } of failed) if (!ambiguous.has(id)) expect(queue).not.toContain(id);
    }));

  it("keeps the order of each entity on a FIFO queue", () =>
    checkRuns(({ isFifo }, { queue, entityOf }) => {
      if (!isFifo) return;
      for (const entity of [0, 1, 2, 3, 4]) {
        const ids = queue.filter((id) => entityOf(id) === entity).map(Number);
        expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      }
    }));

  it("starts no event of an entity before the earlier ones have their outcome, or share its request", () =>
    checkRuns((_, { requests, entityOf }) => {
      const started = new Map<number, number>();
      for (const { id } of requests.flat()) {
        const entity = entityOf(id);
        if (entity === undefined) continue;
        const isRetry = Number(id) < (started.get(entity) ?? -1);
        if (isRetry) expect(requests.some((request) => sharesRequest(request, id, started.get(entity)))).toBe(true);
        started.set(entity, Math.max(started.get(entity) ?? -1, Number(id)));
      }
    }));

  it("puts at most ten messages into a request, and on a FIFO queue one of each entity", () =>
    checkRuns(({ isFifo }, { requests, entityOf }) => {
      for (const request of requests) {
        expect(request.length).toBeLessThanOrEqual(10);
        const entities = request.map(({ id }) => entityOf(id)).filter((entity) => entity !== undefined);
        if (isFifo) expect(new Set(entities).size).toBe(entities.length);
      }
    }));
});

const sharesRequest = (request: readonly { readonly id: string }[], id: string, later: number | undefined): boolean =>
  request.some((message) => message.id === id) && request.some((message) => message.id === String(later));
