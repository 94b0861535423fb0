import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  NOISY_IN_FLIGHT,
  nextMessages,
  noisyGroups,
  type QueueLoad,
} from "../../../../packages/local/src/sqs/fair-order.ts";

interface Work {
  readonly inFlight?: number;
  readonly processingMs?: number;
}

/** The load of a queue by group, and that of its messages without a group. */
function loadOf(groups: Readonly<Record<string, Work>>, others: Work = {}): QueueLoad {
  const mapOf = (figure: keyof Work) =>
    new Map(Object.entries(groups).map(([group, work]) => [group, work[figure] ?? 0]));
  const totalOf = (figure: keyof Work): number =>
    [others, ...Object.values(groups)].reduce((sum, work) => sum + (work[figure] ?? 0), 0);
  return {
    inFlight: mapOf("inFlight"),
    totalInFlight: totalOf("inFlight"),
    processingMs: mapOf("processingMs"),
    totalProcessingMs: totalOf("processingMs"),
  };
}

const noisyIn = (...load: Parameters<typeof loadOf>): readonly string[] => [...noisyGroups(loadOf(...load))];

describe("a group", () => {
  it("is noisy with 30 messages in flight that are more than a tenth", () => {
    expect(noisyIn({ a: { inFlight: 30 } }, { inFlight: 269 })).toEqual(["a"]);
  });

  it("is quiet with a tenth of the messages in flight", () => {
    expect(noisyIn({ a: { inFlight: 30 } }, { inFlight: 270 })).toEqual([]);
  });

  it("is quiet with 29 messages in flight", () => {
    expect(noisyIn({ a: { inFlight: NOISY_IN_FLIGHT - 1 } })).toEqual([]);
  });

  it("is noisy with more than a tenth of the processing time", () => {
    expect(noisyIn({ a: { processingMs: 11 } }, { processingMs: 89 })).toEqual(["a"]);
  });

  it("is quiet with a tenth of the processing time", () => {
    expect(noisyIn({ a: { processingMs: 10 } }, { processingMs: 90 })).toEqual([]);
  });
});

describe("the next messages", () => {
  const message = (id: number, messageGroupId?: string) => ({ id, messageGroupId });
  const idsOf = (messages: readonly { readonly id: number }[]) => messages.map(({ id }) => id);

  it("are the oldest ones while all groups are quiet", () => {
    const waiting = [message(1, "a"), message(2), message(3, "b")];
    expect(idsOf(nextMessages(waiting, 2, loadOf({})))).toEqual([1, 2]);
  });

  it("are those of quiet groups before those of a noisy one", () => {
    const waiting = [message(1, "noisy"), message(2, "noisy"), message(3, "quiet"), message(4)];
    expect(idsOf(nextMessages(waiting, 3, loadOf({ noisy: { processingMs: 1 } })))).toEqual([3, 4, 1]);
  });

  it("are of the noisy group with the fewest messages in flight", () => {
    const waiting = [message(1, "a"), message(2, "a"), message(3, "b"), message(4, "b"), message(5, "b")];
    const load = loadOf({ a: { inFlight: 2, processingMs: 1 }, b: { inFlight: 1, processingMs: 1 } });
    expect(idsOf(nextMessages(waiting, 3, load))).toEqual([3, 1, 4]);
  });
});

describe("the next messages of any queue", () => {
  const group = fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined });
  const load = fc.record({ inFlight: fc.nat(60), processingMs: fc.nat(1000) });
  const state = fc.record({
    waiting: fc.array(group, { maxLength: 40 }).map((of) => of.map((messageGroupId, id) => ({ id, messageGroupId }))),
    count: fc.integer({ min: 1, max: 10 }),
    load: fc.tuple(fc.dictionary(fc.constantFrom("a", "b", "c", "d"), load), load).map((loads) => loadOf(...loads)),
  });
  type State = typeof state extends fc.Arbitrary<infer Value> ? Value : never;
  const check = (law: (state: State, next: State["waiting"]) => void): void =>
    fc.assert(fc.property(state, (drawn) => law(drawn, [...nextMessages(drawn.waiting, drawn.count, drawn.load)])));
  const isOf = (groupOf: string | undefined) => (message: State["waiting"][number]) =>
    message.messageGroupId === groupOf;

  it("are as many as the receive allows, each once", () =>
    check(({ waiting, count }, next) => {
      expect(next).toHaveLength(Math.min(count, waiting.length));
      expect(new Set(next).size).toBe(next.length);
    }));

  it("are the oldest ones of their group, in order", () =>
    check(({ waiting }, next) => {
      for (const each of new Set(next.map(({ messageGroupId }) => messageGroupId))) {
        const taken = next.filter(isOf(each));
        expect(taken).toEqual(waiting.filter(isOf(each)).slice(0, taken.length));
      }
    }));

  it("leave no quiet message behind a noisy one", () =>
    check(({ waiting, load: drawn }, next) => {
      const noisy = noisyGroups(drawn);
      const isQuiet = ({ messageGroupId }: State["waiting"][number]): boolean =>
        messageGroupId === undefined || !noisy.has(messageGroupId);
      const quietWaiting = waiting.filter(isQuiet);
      expect(next.slice(0, quietWaiting.length)).toEqual(quietWaiting.slice(0, next.length));
    }));

  it("leave no noisy group with fewer messages in flight behind another", () =>
    check(({ waiting, load: drawn }, next) => {
      const noisy = [...noisyGroups(drawn)];
      const inFlight = (group: string): number => (drawn.inFlight.get(group) ?? 0) + next.filter(isOf(group)).length;
      const isTaken = (group: string): boolean => next.some(isOf(group));
      const isLeft = (group: string): boolean => waiting.filter(isOf(group)).length > next.filter(isOf(group)).length;
      for (const taken of noisy.filter(isTaken))
        for (const left of noisy.filter(isLeft)) expect(inFlight(taken) - 1).toBeLessThanOrEqual(inFlight(left));
    }));
});
