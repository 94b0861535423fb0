import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { createInvocations } from "../../../../packages/local/src/control/invocations.ts";
import { journalOf } from "../../../support/local-journal.ts";
import { progress } from "../../../support/relay-run.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const RESET_AT_MS = 1000;
const PASSED = { batchItemFailures: [] };

/** The invocations of a relay that lists its messages. `restart` ends the work before each invocation. */
function setUp(restart = Promise.resolve()) {
  const passed: string[] = [];
  const { journal } = journalOf();
  const invocations = createInvocations({
    journal,
    memory: { beforeInvoke: () => restart },
    faults: { invoke: (relay) => relay(), list: () => [], clear: () => undefined },
    async invokeRelay({ Records }, { onBegin }) {
      onBegin();
      passed.push(...Records.map(({ messageId }) => messageId));
      return PASSED;
    },
    killRelay: async () => undefined,
    purge: async () => undefined,
    nowMs: () => RESET_AT_MS,
  });
  return { invocations, passed, journal };
}

function batch(id: string, sentAtMs: number): SQSEvent {
  const record = sqsRecord(id, progress(id));
  return { Records: [{ ...record, attributes: { ...record.attributes, SentTimestamp: String(sentAtMs) } }] };
}

describe("the invocations of the relay", () => {
  it.each([
    { sent: "a millisecond before the reset", sentAtMs: RESET_AT_MS - 1, expected: [] },
    { sent: "at the end of the reset", sentAtMs: RESET_AT_MS, expected: ["m1"] },
  ])("pass a message that was sent $sent: $expected", async ({ sentAtMs, expected }) => {
    const { invocations, passed, journal } = setUp();
    await invocations.end();
    invocations.begin();
    await invocations.invoke(batch("m1", sentAtMs));
    expect(passed).toEqual(expected);
    expect(journal.entries.map(({ key }) => key)).toEqual(expected);
  });

  it("drop a message that comes to the relay during a reset", async () => {
    const { invocations, passed } = setUp();
    await invocations.end();
    await invocations.invoke(batch("m1", RESET_AT_MS));
    expect(passed).toEqual([]);
  });

  it("are withdrawn by a reset that comes while they wait for a new relay", async () => {
    const restart = Promise.withResolvers<void>();
    const { invocations, passed } = setUp(restart.promise);
    const invocation = invocations.invoke(batch("m1", RESET_AT_MS));
    await invocations.end();
    restart.resolve();
    await invocation;
    expect(passed).toEqual([]);
  });
});
