import { definitionOf, eventNames } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { createRelay, type RelayDeps } from "../../../functions/relay/relay.ts";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../support/envelopes.ts";
import { type Answer, fakePublish, published, refused, unavailable } from "../../support/fake-publish.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

const CONFIG: RelayDeps["config"] = { form: "private", maxPayloadBytes: 9000 };

interface Setup {
  readonly answer?: Answer;
  readonly config?: Partial<RelayDeps["config"]>;
}

async function relay(bodies: Readonly<Record<string, string>>, { answer, config }: Setup = {}) {
  const { log, records } = recordedLog();
  const { publish, calls } = fakePublish(answer);
  const handler = createRelay({ config: { ...CONFIG, ...config }, publish, log });
  const { batchItemFailures } = await handler(sqsEvent(bodies));
  return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), calls, records };
}

const progress = (id: string, more = ""): string =>
  cloudEvent(
    `{"audit_id":"${id}","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"${more}}`,
  );
const notice = (message: string): string => legacyEnvelope(JSON.stringify({ type: "info", message }), "notification");
const channelsOf = (calls: readonly (readonly { readonly channel: string }[])[]) =>
  calls.map((entries) => entries.map(({ channel }) => channel));

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

describe("a message that can never be delivered", () => {
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
    "an id beyond 2^53": ["invalid_event", cloudEvent('{"audit_id":12345678901234567890}')],
    "a name of 201 characters": ["invalid_event", cloudEvent('{"audit_id":"1"}', "audit.".padEnd(201, "x"))],
  } as const;

  it.each(Object.entries(bad))("%s: fails alone, with its code", async (_, [code, body]) => {
    const { failed, calls, records } = await relay({ good1: progress("1"), bad: body, good2: progress("2") });
    expect(failed).toEqual(["bad"]);
    expect(channelsOf(calls)).toEqual([["private-audit-1", "private-audit-2"]]);
    expect(records).toMatchObject([{ level: "error", message: "message_failed", code, message_id: "bad" }]);
  });

  it("publishes nothing when there is nothing else", async () => {
    const { failed, calls } = await relay({ m1: "x", m2: "[]" });
    expect({ failed, calls }).toEqual({ failed: ["m1", "m2"], calls: [] });
  });
});

describe("a message that is only strange", () => {
  it.each([
    ["../../x", "private-audit-..=2F..=2Fx"],
    ["a:b", "private-audit-a=3Ab"],
    ["a=3Ab", "private-audit-a=3D3Ab"],
    ["🎧", "private-audit-=F0=9F=8E=A7"],
  ])("is delivered to its own channel: id %s", async (id, channel) => {
    const { failed, calls } = await relay({ m1: progress(id) });
    expect({ failed, channels: channelsOf(calls) }).toEqual({ failed: [], channels: [[channel]] });
  });

  it("has 1 MiB", async () => {
    const { failed, calls } = await relay({
      m1: progress("1", `,"log":"${"x".repeat(1_048_000)}"`),
      m2: progress("2"),
    });
    expect({ failed, channels: channelsOf(calls) }).toEqual({
      failed: [],
      channels: [["private-audit-1", "private-audit-2"]],
    });
  });

  it("is nested half a million levels deep", async () => {
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    expect((await relay({ m1: progress("1", `,"x":${deep}`) })).failed).toEqual([]);
  });

  it("has drifted in a hundred thousands of places: the warning names a few", async () => {
    const dates = Array(400_000).fill(1).join();
    const body = cloudEvent(`{"jobId":"j","datesCompleted":[${dates}]}`, "fiches.progressive_fetch.created");
    const { failed, calls, records } = await relay({ m1: body, m2: progress("2") });
    expect({ failed, channels: channelsOf(calls) }).toEqual({
      failed: [],
      channels: [["private-job-j", "private-audit-2"]],
    });
    expect(JSON.stringify(records).length).toBeLessThan(2000);
  });
});

describe("the batches", () => {
  it("hold at most ten entries, in the order of the messages", async () => {
    const ids = Array.from({ length: 23 }, (_, index) => `a${index}`);
    const { calls } = await relay(Object.fromEntries(ids.map((id) => [id, progress(id)])));
    expect(calls.map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(channelsOf(calls).flat()).toEqual(ids.map((id) => `private-audit-${id}`));
  });

  it("are none when there are no records", async () => {
    expect(await relay({})).toEqual({ failed: [], calls: [], records: [] });
  });
});

describe("a batch that Pusher refuses for its content", () => {
  const five = Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, progress(id)]));
  const holds =
    (id: string): Answer =>
    (entries) =>
      entries.some(({ channel }) => channel === `private-audit-${id}`) ? refused : published;

  it("is resent entry by entry, in order, and only the culprit is blamed", async () => {
    const { failed, calls, records } = await relay(five, { answer: holds("c") });
    expect(failed).toEqual(["c"]);
    expect(channelsOf(calls.slice(1))).toEqual(["a", "b", "c", "d", "e"].map((id) => [`private-audit-${id}`]));
    expect(records).toMatchObject([{ code: "rejected_by_pusher", detail: "status 400", message_id: "c" }]);
  });

  it("does not hold up the batches after it", async () => {
    const twelve = Object.fromEntries("abcdefghijkl".split("").map((id) => [id, progress(id)]));
    const { failed, calls } = await relay(twelve, { answer: holds("c") });
    expect(failed).toEqual(["c"]);
    expect(channelsOf(calls).at(-1)).toEqual(["private-audit-k", "private-audit-l"]);
  });

  it("of one entry is not sent again", async () => {
    const { failed, calls } = await relay({ a: progress("a") }, { answer: holds("a") });
    expect({ failed, sent: calls.length }).toEqual({ failed: ["a"], sent: 1 });
  });

  it("fails a message once, also when both of its channels are refused", async () => {
    const body = cloudEvent('{"audit_id":"a","fiche_id":"f"}', "audit.brand_new");
    expect(
      (
        await relay(
          { m1: body, m2: progress("b") },
          { answer: (entries) => (entries.length > 1 || entries[0]?.name === "audit.brand_new" ? refused : published) },
        )
      ).failed,
    ).toEqual(["m1"]);
  });

  it("that then fails for another reason fails what was not yet delivered", async () => {
    const answer: Answer = (_, call) => (call === 1 ? refused : call <= 3 ? published : unavailable);
    const { failed, calls } = await relay(five, { answer });
    expect({ failed, sent: calls.length }).toEqual({ failed: ["c", "d", "e"], sent: 4 });
  });
});

describe("a failure that passes", () => {
  const twentyFive = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`m${index}`, progress(`a${index}`)]));

  it.each(["pusher_unavailable", "pusher_rate_limited", "pusher_misconfigured"] as const)(
    "(%s) fails its batch and all that would overtake it, and nothing before",
    async (code) => {
      const answer: Answer = (_, call) => (call === 2 ? { ok: false, code, detail: "status" } : published);
      const { failed, calls, records } = await relay(twentyFive, { answer });
      expect(failed).toEqual(Array.from({ length: 15 }, (_, index) => `m${index + 10}`));
      expect(calls).toHaveLength(2);
      expect(new Set(records.map((record) => record.code))).toEqual(new Set([code]));
    },
  );

  it("fails a message whose second channel was in the failing batch", async () => {
    const twoChannels = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [
        `m${index}`,
        cloudEvent(`{"audit_id":"a${index}","fiche_id":"f${index}"}`, "audit.brand_new"),
      ]),
    );
    const answer: Answer = (_, call) => (call === 1 ? published : unavailable);
    expect((await relay(twoChannels, { answer })).failed).toEqual(["m5"]);
  });

  it("is reported beside messages that are bad for good", async () => {
    const { failed, records } = await relay({ m1: progress("1"), m2: "bad" }, { answer: () => unavailable });
    expect(failed.sort()).toEqual(["m1", "m2"]);
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(["invalid_json", "pusher_unavailable"]));
  });
});

describe("the log", () => {
  it("holds no payload, whatever goes wrong", async () => {
    const secret = "s3cr3t";
    const bodies = {
      plain: secret,
      envelope: `{"${secret}":"${secret}"}`,
      name: cloudEvent("{}", `${secret}.created`),
      field: cloudEvent(`{"audit_id":{"${secret}":1}}`),
      drifted: cloudEvent(`{"audit_id":"1","status":"${secret}","approach":{"${secret}":1}}`),
      large: progress("1", `,"log":"${secret.repeat(3000)}"`),
      refused: notice(secret),
    };
    const { records } = await relay(bodies, { answer: () => refused });
    expect(records.length).toBeGreaterThanOrEqual(7);
    expect(JSON.stringify(records)).not.toContain(secret);
  });

  it("tells of a failed message its code, id and how often it came", async () => {
    expect((await relay({ m1: "x" })).records).toEqual([
      {
        level: "error",
        message: "message_failed",
        code: "invalid_json",
        detail: "the body is not JSON",
        message_id: "m1",
        receive_count: "1",
      },
    ]);
  });
});

it("fails the invocation when publishing throws: a bug comes back later", async () => {
  const { log } = recordedLog();
  const handler = createRelay({
    config: CONFIG,
    publish: () => Promise.reject(new Error("a bug")),
    log,
  });
  await expect(handler(sqsEvent({ m1: progress("1") }))).rejects.toThrow("a bug");
});
