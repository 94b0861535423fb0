import { definitionOf, eventNames } from "@realtime-gateway/events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { MAX_WAITING_CHARACTERS } from "../../../../functions/relay/drift.ts";
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

  it("that the catalog does not know yet is routed by its family, without a word", async () => {
    const { calls, records } = await relay({ m1: cloudEvent('{"fiche_id":"7"}', "transcription.paused") });
    expect({ calls, records }).toEqual({
      calls: [[{ channel: "private-fiche-7", name: "transcription.paused", data: '{"fiche_id":"7"}' }]],
      records: [],
    });
  });

  it("that has drifted from its schema is delivered, with a warning that names the paths", async () => {
    const json = '{"audit_id":"1","completed_steps":"three","total_steps":5,"current_phase":null}';
    const { failed, calls, records } = await relay({ m1: cloudEvent(json) });
    expect({ failed, sent: calls.flat().map(({ data }) => data) }).toEqual({ failed: [], sent: [json] });
    expect(records).toEqual([
      {
        level: "warn",
        message: "payload_drifted",
        event: "audit.progress",
        paths: ["completed_steps", "failed_steps", "current_phase"],
      },
    ]);
  });

  it("is held against its schema once it is on its way: nobody waits for that", async () => {
    const loggedBefore: number[] = [];
    const { invoke, records, summaries } = relayWith({
      answer: () => {
        loggedBefore.push(records.length);
        return { ok: true };
      },
    });
    await invoke(sqsEvent({ m1: cloudEvent('{"audit_id":"1"}') }).Records);
    expect({ loggedBefore, logged: records[0]?.message, drifted: summaries[0]?.drifted }).toEqual({
      loggedBefore: [0],
      logged: "payload_drifted",
      drifted: 1,
    });
  });

  it("is held against it before, where more waits than is checked in no time", async () => {
    const loggedBefore: number[] = [];
    const { invoke, records, summaries } = relayWith({
      answer: () => {
        loggedBefore.push(records.length);
        return { ok: true };
      },
    });
    const half = "x".repeat(MAX_WAITING_CHARACTERS / 2 - 100);
    const bodies = ["1", "2", "3"].map((id) => [`m${id}`, cloudEvent(`{"audit_id":"${id}","event_id":"${half}"}`)]);
    await invoke(sqsEvent(Object.fromEntries(bodies)).Records);
    const warnings = records.filter(({ message }) => message === "payload_drifted").length;
    expect({ loggedBefore, warnings, drifted: summaries[0]?.drifted }).toEqual({
      // The third one's.
      loggedBefore: [1],
      warnings: 3,
      drifted: 3,
    });
  });

  it("does not wait behind a large one, which is checked at once: what follows is told when it is on its way", async () => {
    const told: unknown[] = [];
    const { invoke, records } = relayWith({
      answer: () => {
        told.push(...records.map(({ event }) => event));
        return { ok: true };
      },
    });
    const large = cloudEvent(`{"audit_id":"1","event_id":"${"x".repeat(MAX_WAITING_CHARACTERS)}"}`, "audit.started");
    await invoke(sqsEvent({ m1: large, m2: cloudEvent('{"audit_id":"2"}') }).Records);
    expect(told).toEqual(["audit.started"]);
    expect(records.filter(({ message }) => message === "payload_drifted")).toHaveLength(2);
  });

  it("is delivered also where its schema cannot be asked, which is told", async () => {
    const definition = definitionOf("audit.progress");
    if (definition === undefined) throw new Error("the catalog has lost its progress");
    const broken = vi.spyOn(definition, "schema", "get").mockImplementation(() => {
      throw new TypeError("s3cr3t");
    });
    onTestFinished(() => broken.mockRestore());
    const { failed, calls, records } = await relay({ m1: progress("1"), m2: progress("2") });
    expect({ failed, published: calls.flat().length }).toEqual({ failed: [], published: 2 });
    const told = { level: "error", message: "internal_error", error: "TypeError", event: "audit.progress" };
    expect(records).toEqual([told]);
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
      },
    ]);
  });

  it.each([
    ["public", "audit-1"],
    ["encrypted", "private-encrypted-audit-1"],
  ] as const)("goes to %s channels where they are configured", async (form, channel) => {
    expect(channelsOf((await relay({ m1: progress("1") }, { config: { form } })).calls)).toEqual([[channel]]);
  });
});
