import { afterEach, describe, expect, it, vi } from "vitest";
import { batchesOf, twoChannelRecords } from "../../../tools/bench/relay/traffic.ts";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../support/envelopes.ts";
import { readMessage } from "../../support/relay-message.ts";
import { relayWith } from "../../support/relay-run.ts";
import { sqsRecord } from "../../support/sqs-record.ts";

const DATA =
  '{"audit_id":"a-1","fiche_id":"f-1","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"été"}';

afterEach(() => vi.restoreAllMocks());

/** Counts the costly operations that reading a message takes. */
function workOf(body: string) {
  const spies = {
    parsed: vi.spyOn(JSON, "parse"),
    written: vi.spyOn(JSON, "stringify"),
    encoded: vi.spyOn(TextEncoder.prototype, "encode"),
    counted: vi.spyOn(TextEncoder.prototype, "encodeInto"),
    dated: vi.spyOn(Date, "parse"),
  };
  expect(readMessage(sqsRecord("m1", body)).kind).toBe("ready");
  return Object.fromEntries(Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]));
}

describe("reading a message", () => {
  const once = { parsed: 1, written: 0, encoded: 0, counted: 1, dated: 1 };

  it.each([
    // `written`: the key that identifies the event.
    ["a CloudEvent", cloudEvent(DATA), { ...once, written: 1 }],
    ["the legacy envelope", legacyEnvelope(DATA), once],
    ["a CloudEvent through EventBridge", eventBridgeEvent(cloudEvent(DATA)), { ...once, written: 1 }],
    ["a CloudEvent through SNS", snsNotification(cloudEvent(DATA)), { ...once, parsed: 2, written: 1 }],
  ])("parses, measures and writes as little as possible: %s", (_, body, work) => {
    expect(workOf(body)).toEqual(work);
  });

  it("parses a payload with escaped names and texts once", () => {
    const data = String.raw`{"audit_id":"a\u002d1","error":"\"quoted\" \\ and so on","step_name":"s"}`;
    expect(workOf(legacyEnvelope(data, "audit.step_failed"))).toMatchObject({ parsed: 1 });
  });
});

describe("an invocation", () => {
  it.each([10, 1000])("of %i messages has one log record and one summary", async (size) => {
    const [event] = batchesOf(twoChannelRecords(size), size);
    const { invoke, records, summaries } = relayWith();
    await invoke(event?.Records ?? []);
    expect(records).toHaveLength(1);
    expect(summaries).toHaveLength(1);
  });
});
