import { describe, expect, it } from "vitest";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { refused } from "../../../support/fake-publish.ts";
import { channelsOf, progress, relay } from "../../../support/relay-run.ts";

const notice = (message: string): string => legacyEnvelope(JSON.stringify({ type: "info", message }), "notification");

describe("a message that the relay rejects", () => {
  const bad = {
    "not JSON": ["invalid_json", "not json"],
    empty: ["invalid_json", ""],
    "an unknown envelope": ["unknown_envelope", '{"audit_id":"1"}'],
    "an array": ["unknown_envelope", "[]"],
    "an unknown family": ["unknown_event", cloudEvent("{}", "user.created")],
    "no data": ["invalid_event", '{"event":"audit.progress"}'],
    "no ids": ["invalid_event", cloudEvent('{"completed_steps":1}')],
    "an empty id": ["invalid_event", cloudEvent('{"audit_id":""}')],
    "an id of 500 characters": ["invalid_event", cloudEvent(`{"audit_id":"${"x".repeat(500)}"}`)],
    "half a surrogate pair in its id": ["invalid_event", cloudEvent(String.raw`{"audit_id":"\ud800"}`)],
    "an id with a fraction": ["invalid_event", cloudEvent('{"audit_id":1.5}')],
    "a name of 201 characters": ["invalid_event", cloudEvent('{"audit_id":"1"}', "audit.".padEnd(201, "x"))],
  } as const;

  it.each(Object.entries(bad))("fails alone with its code: %s", async (_, [code, body]) => {
    const { failed, calls, records } = await relay({ good1: progress("1"), bad: body, good2: progress("2") });
    expect(failed).toEqual(["bad"]);
    expect(channelsOf(calls)).toEqual([["private-audit-1", "private-audit-2"]]);
    expect(records).toMatchObject([{ level: "error", message: "message_failed", code, message_id: "bad" }]);
  });

  it("leads to no call if there is no other message", async () => {
    const { failed, calls } = await relay({ m1: "x", m2: "[]" });
    expect({ failed, calls }).toEqual({ failed: ["m1", "m2"], calls: [] });
  });
});

describe("an unusual message", () => {
  it.each([
    ["../../x", "private-audit-..=2F..=2Fx"],
    ["a:b", "private-audit-a=3Ab"],
    ["a=3Ab", "private-audit-a=3D3Ab"],
    ["🎧", "private-audit-=F0=9F=8E=A7"],
  ])("is published to its own channel: id %s", async (id, channel) => {
    const { failed, calls } = await relay({ m1: progress(id) });
    expect({ failed, channels: channelsOf(calls) }).toEqual({ failed: [], channels: [[channel]] });
  });

  it("is published with 1 MiB", async () => {
    const { failed, calls } = await relay({
      m1: progress("1", `,"log":"${"x".repeat(1_048_000)}"`),
      m2: progress("2"),
    });
    expect({ failed, channels: channelsOf(calls) }).toEqual({
      failed: [],
      channels: [["private-audit-1", "private-audit-2"]],
    });
  });

  it("is published with half a million levels of nesting", async () => {
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    expect((await relay({ m1: progress("1", `,"x":${deep}`) })).failed).toEqual([]);
  });

  it("is published without validation above 32 KB of payload", async () => {
    const dates = Array(400_000).fill(1).join();
    const body = cloudEvent(`{"jobId":"j","datesCompleted":[${dates}]}`, "fiches.progressive_fetch.created");
    const { failed, calls, records } = await relay({ m1: body, m2: progress("2") });
    expect({ failed, channels: channelsOf(calls) }).toEqual({
      failed: [],
      channels: [["private-job-j", "private-audit-2"]],
    });
    expect(records.map(({ message }) => message)).toEqual(["payload_truncated"]);
  });
});

describe("the log", () => {
  it("has no payload, whatever goes wrong", async () => {
    const secret = "s3cr3t";
    const bodies = {
      plain: secret,
      envelope: `{"${secret}":"${secret}"}`,
      name: cloudEvent("{}", `of ${secret}, created`),
      unlisted: cloudEvent('{"audit_id":"3"}', `audit.of ${secret}`),
      large_unlisted: cloudEvent(`{"audit_id":"5","log":"${"x".repeat(10_000)}"}`, `audit.of ${secret}`),
      id: progress("4", ',"log":1')
        .replace("evt-1", `a text with ${secret}`)
        .replace('"total_steps":5', '"total_steps":"5"'),
      field: cloudEvent(`{"audit_id":{"${secret}":1}}`),
      drifted: cloudEvent(`{"audit_id":"1","status":"${secret}","approach":{"${secret}":1}}`),
      large: progress("1", `,"log":"${secret.repeat(3000)}"`),
      refused: notice(secret),
    };
    const { records } = await relay(bodies, { answer: () => refused });
    expect(records.length).toBeGreaterThanOrEqual(7);
    expect(JSON.stringify(records)).not.toContain(secret);
  });

  it("has the code, the id and the receive count of a failed message", async () => {
    expect((await relay({ m1: "x" })).records).toEqual([
      {
        level: "error",
        message: "message_failed",
        code: "invalid_json",
        detail: "the body is not JSON: an error at position 0",
        message_id: "m1",
        receive_count: "1",
      },
    ]);
  });
});
