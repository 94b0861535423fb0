import type { SQSRecord } from "aws-lambda";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failed, groupOf, type MessageOutcome } from "../../../../functions/relay/message.ts";
import { blockGroups, settle } from "../../../../functions/relay/settle.ts";
import { law } from "../../../support/law.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const failure = failed("pusher_unavailable", "status 503");
const acknowledged: readonly MessageOutcome[] = [
  { kind: "published" },
  { kind: "conflated" },
  { kind: "duplicate" },
  { kind: "expired" },
  { kind: "dead_lettered", code: "invalid_json" },
];

const message = (record: SQSRecord, outcome?: MessageOutcome) => ({ record, group: groupOf(record), outcome });

describe("the answer to SQS", () => {
  const answer = (...outcomes: (MessageOutcome | undefined)[]) =>
    settle(outcomes.map((outcome, n) => message(sqsRecord(`m${n + 1}`, "{}"), outcome)));

  it("names the failed messages in their order, and nothing else", () => {
    expect(answer(failure, { kind: "published" }, failure)).toEqual({
      batchItemFailures: [{ itemIdentifier: "m1" }, { itemIdentifier: "m3" }],
    });
  });

  it.each(acknowledged)("acknowledges a message that is $kind", (outcome) => {
    expect(answer(outcome)).toEqual({ batchItemFailures: [] });
  });

  it("is an empty list for an empty batch", () => expect(answer()).toEqual({ batchItemFailures: [] }));

  it("names a message without an outcome", () => {
    expect(answer(undefined)).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  });
});

describe("a group of a FIFO queue", () => {
  const blocked = failed("blocked_by_group", "an earlier message of its group failed");
  const inOneGroup = (...outcomes: (MessageOutcome | undefined)[]) => {
    const messages = outcomes.map((outcome, n) => message(fifoRecord(`m${n}`, "{}"), outcome));
    blockGroups(messages);
    return messages.map(({ outcome }) => outcome);
  };

  it.each([{ kind: "published" }, { kind: "conflated" }, { kind: "duplicate" }, { kind: "expired" }] as const)(
    "retries a message that is $kind later, after a failed one",
    (outcome) => expect(inOneGroup(failure, outcome)).toEqual([failure, blocked]),
  );

  it("blocks untried messages after a failed one", () => {
    expect(inOneGroup(failure, undefined)).toEqual([failure, blocked]);
  });

  it("keeps the own reason of a later failure", () => {
    const other = failed("deadline", "the invocation's time had run out");
    expect(inOneGroup(failure, other)).toEqual([failure, other]);
  });

  it("keeps the outcome of a dead-lettered message", () => {
    const deadLettered: MessageOutcome = { kind: "dead_lettered", code: "invalid_json" };
    expect(inOneGroup(failure, deadLettered)).toEqual([failure, deadLettered]);
  });

  it.each(acknowledged)("continues after a message that is $kind", (outcome) => {
    expect(inOneGroup(outcome, { kind: "published" })).toEqual([outcome, { kind: "published" }]);
  });

  it("is blocked only from the failed message on", () => {
    expect(inOneGroup({ kind: "published" }, failure)).toEqual([{ kind: "published" }, failure]);
  });

  it("blocks exactly the later messages of a failed one's group, except failed and dead-lettered ones", () => {
    const drawnMessage = fc.record({
      group: fc.constantFrom("g1", "g2", "g3"),
      outcome: fc.constantFrom(failure, ...acknowledged),
    });
    law(
      fc.property(fc.array(drawnMessage), (drawn) => {
        const messages = drawn.map(({ group, outcome }, n) => message(fifoRecord(`m${n}`, "{}", group), outcome));
        blockGroups(messages);
        const firstFailure = new Map<string, number>();
        for (const [n, { group, outcome }] of drawn.entries())
          if (outcome.kind === "failed" && !firstFailure.has(group)) firstFailure.set(group, n);
        const expected = drawn.map(({ group, outcome }, n) =>
          outcome.kind !== "failed" && outcome.kind !== "dead_lettered" && n > (firstFailure.get(group) ?? n)
            ? blocked
            : outcome,
        );
        expect(messages.map(({ outcome }) => outcome)).toEqual(expected);
      }),
    );
  });
});
