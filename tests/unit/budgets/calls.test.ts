import { MAX_BATCH_EVENTS, type Message } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { auditTrace } from "../../../tools/bench/relay/trace.ts";
import { batchesOf, twoChannelRecords } from "../../../tools/bench/relay/traffic.ts";
import { legacyEnvelope } from "../../support/envelopes.ts";
import { relayWith } from "../../support/relay-run.ts";
import { sqsRecord } from "../../support/sqs-record.ts";

/** Above the minimum, a tenth of the entries. */
const TOLERANCE = 1.05;

/** Counts the calls and entries of one invocation after another. */
async function published(batches: ReturnType<typeof batchesOf>, conflate: boolean) {
  const { invoke, calls } = relayWith({ config: { conflate } });
  for (const { Records } of batches) expect(await invoke(Records)).toEqual([]);
  return { calls: calls.length, entries: calls.reduce((sum, entries) => sum + entries.length, 0) };
}

const recordOf = ({ name, json }: Message, position: number) => sqsRecord(`m-${position}`, legacyEnvelope(json, name));

describe("the calls to Pusher", () => {
  it.each([10, 100, 1000])("are a tenth of the entries for 1,000 two-channel events, %i at once", async (batchSize) => {
    const batches = batchesOf(twoChannelRecords(1000), batchSize);
    expect(await published(batches, true)).toEqual({ calls: 200, entries: 2000 });
  });

  const trace = auditTrace(40).map(recordOf);

  it.each([
    [100, true],
    [100, false],
    [1000, true],
    [1000, false],
  ])(
    "are at most 5 %% above a tenth of the entries for 40 audits, %i messages at once (conflated: %s)",
    async (batchSize, conflate) => {
      const { calls, entries } = await published(batchesOf(trace, batchSize), conflate);
      expect(calls).toBeLessThanOrEqual((TOLERANCE * entries) / MAX_BATCH_EVENTS);
    },
  );

  it("are a tenth of each batch's entries, rounded up, for 40 audits, ten messages at once", async () => {
    for (const batch of batchesOf(trace.slice(0, 500), 10)) {
      const { calls, entries } = await published([batch], true);
      expect(calls).toBe(Math.ceil(entries / MAX_BATCH_EVENTS));
    }
  });

  it("are at most a tenth of a trigger for each event, for 40 audits, a thousand messages at once", async () => {
    const { calls } = await published(batchesOf(trace, 1000), true);
    expect(calls / trace.length).toBeLessThanOrEqual(0.1);
  });
});
