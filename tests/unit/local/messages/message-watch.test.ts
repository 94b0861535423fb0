import { describe, expect, it } from "vitest";
import type { EventReport } from "../../../../packages/local/src/messages/event-report.ts";
import { createMessageWatch } from "../../../../packages/local/src/messages/message-watch.ts";
import type { WatchSettings } from "../../../../packages/local/src/messages/open-message.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

/** 30 ms after the send of `sqsRecord`. */
const NOW = Date.parse("2026-03-02T09:00:00.030Z");
const SETTINGS: WatchSettings = {
  form: "private",
  maxPayloadBytes: 9000,
  dryRun: false,
  maxEventAgeSeconds: undefined,
};

function openWatch(changes: Partial<WatchSettings> = {}, isLocal = true) {
  const reports: EventReport[] = [];
  const watch = createMessageWatch({
    settings: { ...SETTINGS, ...changes },
    listenersOf: isLocal ? () => 2 : undefined,
    nowMs: () => NOW,
    afterLogs: (work) => work(),
    isReportedElsewhere: (body) => body.includes("demo"),
    onEvent: (report) => reports.push(report),
  });
  let count = 0;
  const record = (body: string) => {
    count += 1;
    return sqsRecord(`m${count}`, body);
  };
  return { watch, reports, record, settle: settlerOf(watch) };
}

type Records = Parameters<ReturnType<typeof createMessageWatch>["invoked"]>[0];

const settlerOf =
  ({ settled }: ReturnType<typeof createMessageWatch>) =>
  (records: Records, ...failed: readonly string[]): void =>
    settled({ records, failed: new Set(failed) });

const bodyOf = (type: string, data: object, members: object = {}): string =>
  JSON.stringify({ type, id: "evt", source: "/s", ...members, data });
const progress = (data: object, members?: object): string => bodyOf("audit.progress", data, members);
const published = (data: object, channel: string, event = "audit.progress") => ({
  event,
  channel,
  data: JSON.stringify(data),
});

describe("the report of a message", () => {
  it("names the channels with their listeners, the size, the time and both ids", () => {
    const { watch, reports, record, settle } = openWatch();
    const data = { audit_id: "42", fiche_id: "7" };
    const records = [record(progress(data))];
    watch.invoked(records);
    watch.published(published(data, "private-audit-42"));
    watch.published(published(data, "private-fiche-7"));
    settle(records);
    expect(reports).toEqual([
      {
        from: "queue",
        event: "audit.progress",
        fate: "published",
        channels: [
          { name: "private-audit-42", listeners: 2 },
          { name: "private-fiche-7", listeners: 2 },
        ],
        id: "evt",
        messageId: "m1",
        bytes: 32,
        ms: 30,
        code: undefined,
      },
    ]);
  });

  it("assigns each publication to its own message, by the payload and else in order", () => {
    const { watch, reports, record, settle } = openWatch();
    const [first, second] = [
      { audit_id: "42", n: 1 },
      { audit_id: "42", n: 2 },
    ];
    const records = [record(bodyOf("audit.started", first)), record(bodyOf("audit.started", second))];
    watch.invoked(records);
    watch.published(published(second, "private-audit-42", "audit.started"));
    watch.published({ event: "audit.started", channel: "private-audit-42", data: "ciphertext" });
    settle(records);
    expect(reports.map(({ messageId, fate, bytes }) => [messageId, fate, bytes])).toEqual([
      ["m1", "published", 10],
      ["m2", "published", 23],
    ]);
  });

  it("reports truncated for a payload above the limit", () => {
    const { watch, reports, record, settle } = openWatch({ maxPayloadBytes: 256 });
    const records = [record(progress({ audit_id: "42", text: "x".repeat(300) }))];
    watch.invoked(records);
    watch.published(published({ audit_id: "42", truncated: true }, "private-audit-42"));
    settle(records);
    expect(reports).toMatchObject([{ fate: "truncated" }]);
  });

  it("reports failed for a message that SQS retries later, and the message again after the retry", () => {
    const { watch, reports, record, settle } = openWatch();
    const data = { audit_id: "42" };
    const records = [record(progress(data))];
    watch.invoked(records);
    settle(records, "m1");
    watch.invoked(records);
    watch.published(published(data, "private-audit-42"));
    settle(records);
    expect(reports.map(({ fate }) => fate)).toEqual(["failed", "published"]);
  });

  it("leaves the demo's messages to the demo, and returns their ids", () => {
    const { watch, reports, record, settle } = openWatch();
    const body = progress({ audit_id: "demo" });
    const records = [record(body)];
    watch.invoked(records);
    settle(records);
    expect(reports).toEqual([]);
    expect(watch.idsOf(body)).toEqual({ id: "evt", messageId: "m1" });
    expect(watch.idsOf("another body")).toEqual({});
  });
});

describe("an acknowledged message without a publication", () => {
  const data = { audit_id: "42" };
  const newest = progress({ audit_id: "42", newest: true });
  /** The report of the first message. Of the others, only the newest one is published. */
  function reportOf(bodies: readonly string[], changes: Partial<WatchSettings> = {}, isLocal = true) {
    const { watch, reports, record, settle } = openWatch(changes, isLocal);
    const records = bodies.map(record);
    watch.invoked(records);
    if (bodies.includes(newest)) watch.published(published({ audit_id: "42", newest: true }, "private-audit-42"));
    settle(records);
    return reports[0];
  }

  it.each([
    ["replaced, if the batch holds a newer event of its entity", [progress(data), newest], {}, "replaced"],
    ["a duplicate, if a newer event is about another entity", [progress({ audit_id: "43" }), newest], {}, "duplicate"],
    ["a duplicate, if nothing else explains it", [progress({ audit_id: "43" })], {}, "duplicate"],
    ["withheld in a dry run", [progress({ audit_id: "43" })], { dryRun: true }, "withheld"],
    [
      "expired, if it is older than the limit",
      [progress({ audit_id: "43" }, { time: "2026-03-02T08:00:00Z" })],
      { maxEventAgeSeconds: 60 },
      "expired",
    ],
    [
      "a duplicate, if it is younger than the limit",
      [progress({ audit_id: "43" }, { time: "2026-03-02T08:59:30Z" })],
      { maxEventAgeSeconds: 60 },
      "duplicate",
    ],
  ] as const)("is %s", (_what, bodies, changes, fate) => {
    expect(reportOf(bodies, changes)?.fate).toBe(fate);
  });

  it.each([
    ["is no event", "no event", "invalid_json", undefined],
    ["has an unknown name", bodyOf("unheard.of", data), "unknown_event", "unheard.of"],
    ["has no id", bodyOf("audit.started", {}), "invalid_event", "audit.started"],
  ])("is rejected with its code, if it %s", (_what, body, code, event) => {
    expect(reportOf([body])).toMatchObject({ fate: "rejected", code, event });
  });

  it("is rejected with the code of the relay's log", () => {
    const { watch, reports, record, settle } = openWatch();
    const records = [record(progress(data))];
    watch.invoked(records);
    watch.deadLettered("m1", "rejected_by_pusher");
    settle(records);
    expect(reports).toMatchObject([{ fate: "rejected", code: "rejected_by_pusher" }]);
  });

  it("is only acknowledged, if the Pusher app is not on this machine", () => {
    expect(reportOf([progress({ audit_id: "43" })], {}, false)).toMatchObject({
      fate: "acknowledged",
      channels: [{ name: "private-audit-43", listeners: undefined }],
    });
  });
});

describe("a publication without a message", () => {
  it("is reported at once: a function published it", () => {
    const { watch, reports } = openWatch();
    watch.published(published({ ts: 1 }, "private-realtime-test", "realtime.test"));
    expect(reports).toEqual([
      {
        from: "http",
        event: "realtime.test",
        fate: "published",
        channels: [{ name: "private-realtime-test", listeners: 2 }],
        bytes: 8,
      },
    ]);
  });
});
