import { definitionOf, eventNames } from "@realtime-gateway/events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../../support/envelopes.ts";
import { channelsOf, progress, relay, relayWith } from "../../../support/relay-run.ts";
import { sqsEvent } from "../../../support/sqs-record.ts";

describe("a domain event", () => {
  it.each(eventNames)("%s is published as its bare data, once per channel", async (name) => {
    const json = JSON.stringify(definitionOf(name)?.sample);
    const { failed, calls, records } = await relay({ m1: cloudEvent(json, name) });
    expect({ failed, records }).toEqual({ failed: [], records: [] });
    for (const entry of calls.flat()) expect(entry).toMatchObject({ name, data: json });
    expect(calls.flat().length).toBeGreaterThan(0);
  });

  it("reaches the channels of the contract's example, byte for byte", async () => {
    const json =
      '{"audit_id":"audit-1787121-1-1765755984607","fiche_id":"1787121","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';
    expect((await relay({ m1: legacyEnvelope(json) })).calls).toEqual([
      [
        { channel: "private-audit-audit-1787121-1-1765755984607", name: "audit.progress", data: json },
        { channel: "private-fiche-1787121", name: "audit.progress", data: json },
      ],
    ]);
  });

  it("keeps long integers, fractions and white space as the producer wrote them", async () => {
    const json = '{ "type":"info", "message":"x", "ref": 12345678901234567890, "ratio":1.0 }';
    expect(
      (await relay({ m1: snsNotification(eventBridgeEvent(legacyEnvelope(json, "notification"))) })).calls,
    ).toEqual([[{ channel: "private-global", name: "notification", data: json }]]);
  });

  it("outside the catalog is routed by its family, with a warning that names it", async () => {
    const { calls, records } = await relay({ m1: cloudEvent('{"fiche_id":"7"}', "transcription.paused") });
    expect(calls).toEqual([[{ channel: "private-fiche-7", name: "transcription.paused", data: '{"fiche_id":"7"}' }]]);
    expect(records).toEqual([
      {
        level: "warn",
        message: "unlisted_event",
        event: "transcription.paused",
        nearest: undefined,
        event_id: expect.any(String),
        message_id: "m1",
      },
    ]);
  });

  it("with a misspelt name has a warning with the nearest listed one, once for each name", async () => {
    const bodies = { m1: "audit.progres", m2: "audit.progres", m3: "batch.complete", m4: "batch.completed" };
    const payload = '{"audit_id":"1","operation_type":"audit","batch_id":"b"}';
    const all = Object.entries(bodies).map(([id, name]) => [id, cloudEvent(payload, name)] as const);
    const { records } = await relay(Object.fromEntries(all));
    const unlisted = records.filter(({ message }) => message === "unlisted_event");
    expect(unlisted.map(({ event, nearest }) => [event, nearest])).toEqual([
      ["audit.progres", "audit.progress"],
      ["batch.complete", "batch.completed"],
    ]);
  });

  it("with a text for a name is published, and the text does not reach the log", async () => {
    const { calls, records } = await relay({ m1: cloudEvent('{"audit_id":"7"}', "audit. of s3cr3t, sir") });
    expect(calls).toHaveLength(1);
    expect(records).toMatchObject([{ message: "unlisted_event", message_id: "m1" }]);
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });

  it("that does not match its schema is published, with a warning of path, expected type and type", async () => {
    const json = '{"audit_id":"1","completed_steps":"three","total_steps":5,"current_phase":null}';
    const { failed, calls, records } = await relay({ m1: cloudEvent(json) });
    expect({ failed, sent: calls.flat().map(({ data }) => data) }).toEqual({ failed: [], sent: [json] });
    expect(records).toEqual([
      {
        level: "warn",
        message: "payload_drifted",
        event: "audit.progress",
        mismatches: [
          { path: "completed_steps", expected: "an integer", got: "a string" },
          { path: "failed_steps", expected: "an integer", got: "nothing" },
          { path: "current_phase", expected: "a string", got: "null" },
        ],
        event_id: JSON.parse(cloudEvent(json)).id,
        message_id: "m1",
      },
    ]);
  });

  it("is validated before it is published, so that no warning is lost with the invocation", async () => {
    const loggedBefore: string[] = [];
    const { invoke, records, summaries } = relayWith({
      answer: () => {
        loggedBefore.push(...records.map(({ message }) => message));
        return { ok: true };
      },
    });
    await invoke(sqsEvent({ m1: cloudEvent('{"audit_id":"1"}') }).Records);
    expect({ loggedBefore, drifted: summaries[0]?.drifted }).toEqual({ loggedBefore: ["payload_drifted"], drifted: 1 });
  });

  it.each([
    [32_768, 1],
    [32_769, 0],
  ])("is validated up to 32 KB of payload: of %i characters, %i is", async (characters, warnings) => {
    const payload = (filler: string): string => `{"audit_id":"1","completed_steps":"three","log":"${filler}"}`;
    const body = cloudEvent(payload("x".repeat(characters - payload("").length)));
    const { calls, records } = await relay({ m1: body });
    expect(records.filter(({ message }) => message === "payload_drifted")).toHaveLength(warnings);
    expect(calls).toHaveLength(1);
  });

  it("with thousands of fields that do not match its schema has a warning of ten", async () => {
    const dates = Array(15_000).fill(1).join();
    const body = cloudEvent(`{"jobId":"j","datesCompleted":[${dates}]}`, "fiches.progressive_fetch.created");
    const { records } = await relay({ m1: body });
    const warning = records.find(({ message }) => message === "payload_drifted");
    expect(warning?.mismatches).toHaveLength(10);
  });

  it("is published even if its schema throws, which is logged once for each event name", async () => {
    const definition = definitionOf("audit.progress");
    if (definition === undefined) throw new Error("the catalog lacks audit.progress");
    const broken = vi.spyOn(definition, "schema", "get").mockImplementation(() => {
      throw new TypeError("s3cr3t");
    });
    onTestFinished(() => broken.mockRestore());
    const { failed, calls, records } = await relay({ m1: progress("1"), m2: progress("2") });
    expect({ failed, published: calls.flat().length }).toEqual({ failed: [], published: 2 });
    const bug = { level: "error", message: "internal_error", error: "TypeError", event: "audit.progress" };
    expect(records).toEqual([bug]);
  });

  it("above the limit is published truncated, with a warning of event, channels, bytes and limit", async () => {
    const more = `,"log":"${"s3cr3t ".repeat(2000)}"`;
    const { failed, calls, records } = await relay({ m1: progress("1", more) });
    expect(failed).toEqual([]);
    expect(JSON.parse(calls[0]?.[0]?.data ?? "")).toEqual({
      audit_id: "1",
      completed_steps: 3,
      total_steps: 5,
      failed_steps: 0,
      current_phase: "analysis",
      truncated: true,
    });
    expect(records).toEqual([
      {
        level: "warn",
        message: "payload_truncated",
        event: "audit.progress",
        channels: ["private-audit-1"],
        bytes: expect.any(Number),
        limit: 9000,
        event_id: "evt-1",
        message_id: "m1",
      },
    ]);
  });

  it.each([
    ["public", "audit-1"],
    ["encrypted", "private-encrypted-audit-1"],
  ] as const)("goes to %s channels if they are configured", async (form, channel) => {
    expect(channelsOf((await relay({ m1: progress("1") }, { config: { form } })).calls)).toEqual([[channel]]);
  });
});
