import type { Publication } from "@realtime-gateway/pusher";
import { type Entry, type Message, plan } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_IN_FLIGHT, publish as publishCalls } from "../../../../functions/relay/publish.ts";
import { fakeClock } from "../../../support/fake-clock.ts";
import {
  limited,
  misconfigured,
  type PusherAnswer,
  published,
  refused,
  slowly,
  unavailable,
} from "../../../support/fake-publish.ts";

interface Setup {
  readonly answer?: PusherAnswer;
  readonly answerMs?: (call: number) => number;
  readonly leftMs?: number;
}

const about = (...channels: string[]): Message => ({
  name: "audit.completed",
  channels,
  json: "{}",
});

/** The data of each entry is the position of its message. */
const numbered = (messages: readonly Message[]): Message[] =>
  messages.map((message, position) => ({ ...message, json: String(position) }));

async function run(messages: readonly Message[], setup: Setup = {}) {
  const { answer = () => published, answerMs = () => 0, leftMs = 28_000 } = setup;
  const clock = fakeClock();
  const sent: Entry[][] = [];
  const taken: { readonly channel: string; readonly message: number }[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const slow = slowly(
    async (entries) => {
      sent.push([...entries]);
      return answer(entries, sent.length);
    },
    answerMs,
    clock,
  );
  const publish = async (entries: readonly Entry[], timeoutMs?: number): Promise<Publication> => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    const publication = await slow(entries, timeoutMs).finally(() => {
      inFlight -= 1;
    });
    if (publication.ok) for (const { channel, data } of entries) taken.push({ channel, message: Number(data) });
    return publication;
  };
  const deps = { ...clock, publish, random: () => 0.5, timeoutMs: 5000, deadlineMs: leftMs };
  const numberedMessages = numbered(messages);
  const working = publishCalls(plan(numberedMessages), deps);
  const ended = await clock.run(
    working.then(
      (result) => ({ result }),
      (error: unknown) => ({ error, inFlight, sentThen: sent.length }),
    ),
  );
  const failed: ReadonlyMap<Message, { readonly code: string }> = "result" in ended ? ended.result.failures : new Map();
  const failures = new Map([...failed].map(([message, failure]) => [numberedMessages.indexOf(message), failure]));
  return {
    ended,
    failures,
    sent,
    taken,
    mostInFlight,
    clock,
    channels: () => sent.map((call) => call.map(({ channel }) => channel)),
  };
}

const holding =
  (channel: string, publication: Publication): PusherAnswer =>
  (entries) =>
    entries.some((entry) => entry.channel === channel) ? publication : published;

const codes = (failures: ReadonlyMap<number, { readonly code: string }>): [number, string][] =>
  [...failures].map(([position, { code }]): [number, string] => [position, code]).sort(([a], [b]) => a - b);

describe("under random failures and latencies", () => {
  const channel = fc.integer({ min: 0, max: 30 }).map((n) => `private-audit-${n}`);
  const messages = fc.array(
    fc.record(
      {
        name: fc.constant("audit.completed"),
        channels: fc.uniqueArray(channel, { minLength: 1, maxLength: 2 }),
        json: fc.constant("{}"),
        group: fc.constantFrom("g1", "g2", "g3", "g4"),
      },
      { requiredKeys: ["name", "channels", "json"] },
    ),
    { maxLength: 200 },
  );
  const answer = fc.oneof(
    { weight: 6, arbitrary: fc.constant(published) },
    { weight: 1, arbitrary: fc.constantFrom(refused, unavailable, limited(200), limited(4000)) },
  );
  const weather = fc.record({
    answers: fc.array(answer, { minLength: 1, maxLength: 40 }),
    latencies: fc.array(fc.nat(6000), { minLength: 1, maxLength: 10 }),
    /** Channels that always fail, each in its own way. */
    lost: fc.dictionary(channel, fc.constantFrom(refused, unavailable), { maxKeys: 4, noNullPrototype: true }),
    /** The call at which credentials turn out to be wrong, if any. */
    wrongAt: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 3 }),
    leftMs: fc.integer({ min: 0, max: 60_000 }),
  });
  const holds = (law: (messages: readonly Message[], result: Awaited<ReturnType<typeof run>>) => void) =>
    fc.assert(
      fc.asyncProperty(messages, weather, async (messages, { answers, latencies, lost, wrongAt, leftMs }) => {
        const result = await run(messages, {
          answer: (entries, call) => {
            if (wrongAt !== undefined && call >= wrongAt) return misconfigured;
            const loss = entries.flatMap(({ channel }) => lost[channel] ?? [])[0];
            return loss ?? answers[call % answers.length] ?? published;
          },
          answerMs: (call) => latencies[call % latencies.length] ?? 0,
          leftMs,
        });
        law(messages, result);
      }),
      { numRuns: 150 },
    );

  it("a channel receives its messages in their order, each of them once", () =>
    holds((messages, { taken }) => {
      for (const channel of new Set(messages.flatMap(({ channels }) => channels))) {
        const heard = taken.filter((entry) => entry.channel === channel).map(({ message }) => message);
        expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b));
      }
    }));

  it("messages of a group are published in their order", () =>
    holds((messages, { taken }) => {
      for (const group of ["g1", "g2", "g3", "g4"]) {
        const heard = taken.filter(({ message }) => messages[message]?.group === group).map(({ message }) => message);
        expect(heard).toEqual(heard.toSorted((a, b) => a - b));
      }
    }));

  it("nothing overtakes a failed message, neither on its channels nor in its group", () =>
    holds((messages, { taken, failures }) => {
      const stay = [...failures].filter(([, { code }]) => code !== "rejected_by_pusher");
      const keysOf = (position: number): readonly string[] => {
        const { channels = [], group } = messages[position] ?? {};
        return group === undefined ? channels : [...channels, group];
      };
      const firstToStay = new Map<string, number>();
      for (const [position] of stay)
        for (const key of keysOf(position)) firstToStay.set(key, Math.min(position, firstToStay.get(key) ?? position));
      for (const { message } of taken)
        for (const key of keysOf(message)) expect(message).toBeLessThanOrEqual(firstToStay.get(key) ?? message);
    }));

  it("a message without a failure is on all of its channels", () =>
    holds((messages, { taken, failures }) => {
      const all = new Set(taken.map(({ channel, message }) => `${channel} ${message}`));
      for (const [position, { channels }] of messages.entries())
        expect(channels.every((channel) => all.has(`${channel} ${position}`))).toBe(!failures.has(position));
    }));

  it("all calls end by the deadline", () =>
    holds((_, { ended, clock }) => {
      expect(ended).toHaveProperty("result");
      expect(clock.nowMs()).toBeLessThanOrEqual(60_000);
    }));
});

describe("lanes", () => {
  it("run in parallel, thirty-two at once", async () => {
    const forty = Array.from({ length: 40 }, (_, lane) => Array.from({ length: 10 }, () => about(`c${lane}`))).flat();
    const { mostInFlight, clock } = await run(forty, { answerMs: () => 100 });
    expect({ mostInFlight, endedMs: clock.nowMs() }).toEqual({ mostInFlight: 32, endedMs: 200 });
  });

  it("make their own calls one after another", async () => {
    const { mostInFlight, clock } = await run(
      Array.from({ length: 40 }, () => about("c")),
      { answerMs: () => 100 },
    );
    expect({ mostInFlight, endedMs: clock.nowMs() }).toEqual({ mostInFlight: 1, endedMs: 400 });
  });

  it("continue after another lane failed, even if they shared a call", async () => {
    // Lane a fills a call of its own. Its rest shares one with lane b.
    const messages = [...Array.from({ length: 12 }, () => about("a")), about("b")];
    const { failures } = await run(messages, { answer: (_, call) => (call <= 4 ? unavailable : published) });
    expect([...failures.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe("a call that Pusher rejects", () => {
  it("is sent again entry by entry, in order", async () => {
    const { channels } = await run([about("a"), about("b"), about("c")], { answer: holding("b", refused) });
    expect(channels()).toEqual([["a", "b", "c"], ["a"], ["b"], ["c"]]);
  });

  it("rejects only the faulty message, and its lane continues", async () => {
    const answer: PusherAnswer = (entries) => (entries.some(({ data }) => data === "1") ? refused : published);
    const { failures, taken } = await run([about("a"), about("a"), about("a"), about("b")], { answer });
    expect(codes(failures)).toEqual([[1, "rejected_by_pusher"]]);
    expect(taken.map(({ message }) => message)).toEqual([0, 2, 3]);
  });

  it("delays later calls of its lanes until all of its entries are sent again", async () => {
    const { sent } = await run(
      Array.from({ length: 12 }, () => about("a")),
      { answer: (entries) => (entries.length === 10 ? refused : published), answerMs: () => 100 },
    );
    expect(sent.map((call) => call.map(({ data }) => Number(data)))).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      ...Array.from({ length: 10 }, (_, position) => [position]),
      [10, 11],
    ]);
  });

  it("rejects no entry that there was no time to send again", async () => {
    const { failures } = await run([about("a"), about("b")], {
      answer: () => refused,
      answerMs: () => 1000,
      leftMs: 1050,
    });
    expect(codes(failures)).toEqual([
      [0, "deadline"],
      [1, "deadline"],
    ]);
  });

  it("ends a lane if an entry fails when it is sent again", async () => {
    const answer: PusherAnswer = (entries) => (entries.length > 1 ? refused : holding("a", unavailable)(entries, 0));
    const { failures, taken } = await run([about("a"), about("a"), about("b")], { answer });
    expect(codes(failures)).toEqual([
      [0, "pusher_unavailable"],
      [1, "pusher_unavailable"],
    ]);
    expect(taken).toEqual([{ channel: "b", message: 2 }]);
  });
});

describe("a message of two channels", () => {
  const single =
    (answers: Readonly<Record<string, Publication>>): PusherAnswer =>
    (entries) =>
      entries.length > 1 ? refused : (answers[entries[0]?.channel ?? ""] ?? published);

  it.each([
    ["rejected on the first", { a: refused }, "rejected_by_pusher"],
    ["rejected on the second", { b: refused }, "rejected_by_pusher"],
    ["rejected on both", { a: refused, b: refused }, "rejected_by_pusher"],
    ["rejected on one, with an outage on the other,", { a: refused, b: unavailable }, "pusher_unavailable"],
    ["failed on one, and so not sent to the other,", { a: unavailable, b: refused }, "pusher_unavailable"],
  ])("%s has one failure", async (_what, answers, code) => {
    expect(codes((await run([about("a", "b")], { answer: single(answers) })).failures)).toEqual([[0, code]]);
  });

  it("fails if its channels are in two calls and the second fails", async () => {
    const messages = [...Array.from({ length: 9 }, () => about("a")), about("a", "b")];
    const { failures } = await run(messages, { answer: holding("b", unavailable) });
    expect(codes(failures)).toEqual([[9, "pusher_unavailable"]]);
  });
});

describe("a bug that throws while publishing", () => {
  const bug = new Error("a bug");
  const answer: PusherAnswer = (_, call) => {
    if (call === 3) throw bug;
    return published;
  };
  const forty = Array.from({ length: 40 }, (_, lane) => Array.from({ length: 20 }, () => about(`c${lane}`))).flat();

  it("fails the invocation", async () => {
    expect((await run(forty, { answer, answerMs: () => 100 })).ended).toMatchObject({ error: bug });
  });

  it("leaves no call in flight, because Lambda would freeze it", async () => {
    expect((await run(forty, { answer, answerMs: () => 100 })).ended).toMatchObject({ inFlight: 0 });
  });

  it("stops all further calls, because every message is retried later", async () => {
    expect((await run(forty, { answer, answerMs: () => 100 })).sent.length).toBeLessThanOrEqual(MAX_IN_FLIGHT);
  });
});
