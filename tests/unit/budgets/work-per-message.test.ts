import { afterEach, describe, expect, it, vi } from "vitest";
import { prepare } from "../../../functions/relay/prepare.ts";
import { batchesOf, twoChannelRecords } from "../../../tools/bench/relay/traffic.ts";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../support/envelopes.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import { relayConfig, relayWith } from "../../support/relay-run.ts";

const DATA =
  '{"audit_id":"a-1","fiche_id":"f-1","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"été"}';

afterEach(() => vi.restoreAllMocks());

/** Which of the costly operations understanding a message takes, and how many of them. */
function workOf(body: string) {
  const spies = {
    parsed: vi.spyOn(JSON, "parse"),
    written: vi.spyOn(JSON, "stringify"),
    encoded: vi.spyOn(TextEncoder.prototype, "encode"),
    counted: vi.spyOn(TextEncoder.prototype, "encodeInto"),
    dated: vi.spyOn(Date, "parse"),
  };
  expect(prepare(body, relayConfig, recordedLog().log).ok).toBe(true);
  return Object.fromEntries(Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]));
}

describe("understanding a message", () => {
  const once = { parsed: 1, written: 0, encoded: 0, counted: 1, dated: 1 };

  it.each([
    // `written`: the key that tells an event from its repetition.
    ["a CloudEvent", cloudEvent(DATA), { ...once, written: 1 }],
    ["the legacy envelope", legacyEnvelope(DATA), once],
    ["a CloudEvent through EventBridge", eventBridgeEvent(cloudEvent(DATA)), { ...once, written: 1 }],
    ["a CloudEvent through SNS", snsNotification(cloudEvent(DATA)), { ...once, parsed: 2, written: 1 }],
  ])("parses, measures and writes no more than it has to: %s", (_, body, work) => {
    expect(workOf(body)).toEqual(work);
  });

  it("parses a payload of names and texts with escapes once, too", () => {
    const data = String.raw`{"audit_id":"a\u002d1","error":"\"quoted\" \\ and so on","step_name":"s"}`;
    expect(workOf(legacyEnvelope(data, "audit.step_failed"))).toMatchObject({ parsed: 1 });
  });
});

describe("an invocation", () => {
  it.each([10, 1000])("of %i messages says one line, and has one summary", async (size) => {
    const [event] = batchesOf(twoChannelRecords(size), size);
    const { invoke, records, summaries } = relayWith();
    await invoke(event?.Records ?? []);
    expect(records).toHaveLength(1);
    expect(summaries).toHaveLength(1);
  });
});
