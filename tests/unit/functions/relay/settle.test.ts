import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failed, type Outcome } from "../../../../functions/relay/outcome.ts";
import { blockGroups, settle } from "../../../../functions/relay/settle.ts";
import { law } from "../../../support/law.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const stays = failed("pusher_unavailable", "status 503");
const acknowledged: readonly Outcome[] = [
  { kind: "published" },
  { kind: "conflated" },
  { kind: "duplicate" },
  { kind: "expired" },
  { kind: "dead_lettered", code: "invalid_json" },
];

describe("the answer to SQS", () => {
  it("names the records that stay, in their order, and says nothing else", () => {
    const records = ["m1", "m2", "m3"].map((id) => sqsRecord(id, "{}"));
    expect(settle(records, [stays, { kind: "published" }, stays])).toEqual({
      batchItemFailures: [{ itemIdentifier: "m1" }, { itemIdentifier: "m3" }],
    });
  });

  it.each(acknowledged)("acknowledges what is $kind", (outcome) => {
    expect(settle([sqsRecord("m1", "{}")], [outcome])).toEqual({ batchItemFailures: [] });
  });

  it("of no records is an empty list, not none", () => expect(settle([], [])).toEqual({ batchItemFailures: [] }));

  it("keeps a record that nothing became of", () => {
    expect(settle([sqsRecord("m1", "{}")], [undefined])).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  });
});

describe("a group of a FIFO queue", () => {
  const blocked = failed("blocked_by_group", "an earlier message of its group stays");
  const inOneGroup = (...outcomes: (Outcome | undefined)[]) => {
    blockGroups(
      outcomes.map((_, n) => fifoRecord(`m${n}`, "{}")),
      outcomes,
    );
    return outcomes;
  };

  it.each([{ kind: "published" }, { kind: "conflated" }, { kind: "duplicate" }, { kind: "expired" }] as const)(
    "keeps what is $kind after a message that stays",
    (outcome) => expect(inOneGroup(stays, outcome)).toEqual([stays, blocked]),
  );

  it("keeps what has not been tried yet after a message that stays", () => {
    expect(inOneGroup(stays, undefined)).toEqual([stays, blocked]);
  });

  it("lets a later failure keep its own reason", () => {
    const other = failed("deadline", "the invocation's time had run out");
    expect(inOneGroup(stays, other)).toEqual([stays, other]);
  });

  it("leaves buried what is buried", () => {
    const buried: Outcome = { kind: "dead_lettered", code: "invalid_json" };
    expect(inOneGroup(stays, buried)).toEqual([stays, buried]);
  });

  it.each(acknowledged)("goes on after what is $kind", (outcome) => {
    expect(inOneGroup(outcome, { kind: "published" })).toEqual([outcome, { kind: "published" }]);
  });

  it("is blocked only from the message that stays", () => {
    expect(inOneGroup({ kind: "published" }, stays)).toEqual([{ kind: "published" }, stays]);
  });

  it("acknowledges nothing that could be published after a message that stays, and blocks no other group", () => {
    const record = fc.record({
      group: fc.constantFrom("g1", "g2", "g3"),
      outcome: fc.constantFrom(stays, ...acknowledged),
    });
    law(
      fc.property(fc.array(record), (drawn) => {
        const outcomes: (Outcome | undefined)[] = drawn.map(({ outcome }) => outcome);
        blockGroups(
          drawn.map(({ group }, n) => fifoRecord(`m${n}`, "{}", group)),
          outcomes,
        );
        const firstToStay = new Map<string, number>();
        for (const [n, { group, outcome }] of drawn.entries())
          if (outcome.kind === "failed" && !firstToStay.has(group)) firstToStay.set(group, n);
        const expected = drawn.map(({ group, outcome }, n) =>
          outcome.kind !== "failed" && outcome.kind !== "dead_lettered" && n > (firstToStay.get(group) ?? n)
            ? blocked
            : outcome,
        );
        expect(outcomes).toEqual(expected);
      }),
    );
  });
});
