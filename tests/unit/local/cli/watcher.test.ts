import { describe, expect, it } from "vitest";
import { createWatcher } from "../../../../packages/local/src/cli/watcher.ts";
import type { EventReport } from "../../../../packages/local/src/messages/event-report.ts";
import { unavailable } from "../../../support/fake-publish.ts";
import { type JournalSetup, journalOf } from "../../../support/local-journal.ts";
import { progress } from "../../../support/relay-run.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

function openWatcher(setup: JournalSetup = {}) {
  const reports: EventReport[] = [];
  const watcher = createWatcher((report) => reports.push(report));
  const { journal, invoke, pass } = journalOf(setup);
  watcher.observe(journal);
  return { watcher, reports, journal, invoke, pass };
}

describe("a watcher", () => {
  it("reports each message once the relay is done with it, and counts the fates", async () => {
    const { watcher, reports, invoke } = openWatcher();
    await invoke([sqsRecord("m1", progress("1")), sqsRecord("m2", progress("1"))]);
    expect(reports.map(({ messageId, fate }) => [messageId, fate])).toEqual([
      ["m1", "published"],
      ["m2", "duplicate"],
    ]);
    watcher.flush();
    expect(watcher.ownEvents).toEqual({ published: 1, duplicate: 1 });
  });

  it("reports a failed message, and the same message again after the retry", async () => {
    const { reports, invoke, pass } = openWatcher({ answer: (_, call) => (call <= 4 ? unavailable : { ok: true }) });
    const record = sqsRecord("m1", progress("1"));
    await invoke([record]);
    await pass(180_000);
    await invoke([{ ...record, attributes: { ...record.attributes, ApproximateReceiveCount: "2" } }]);
    expect(reports.map(({ fate }) => fate)).toEqual(["failed", "published"]);
  });

  it("leaves the demo's messages to the demo, and returns their ids", async () => {
    const { watcher, reports, invoke } = openWatcher();
    const body = progress("1");
    watcher.onDemoBody(body);
    await invoke([sqsRecord("m1", body)]);
    expect(reports).toEqual([]);
    expect(watcher.idsOf(body)).toEqual({ id: "evt-1", messageId: "m1" });
    expect(watcher.idsOf("another body")).toEqual({});
  });

  it("reports an event without a message at once: a function published it", () => {
    const { reports, journal } = openWatcher();
    journal.published({ channel: "private-realtime-test", event: "realtime.test", data: '{"ts":1}' });
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

  it("reports a message whose log did not come before the stop", () => {
    const { watcher, reports, journal } = openWatcher();
    const records = [sqsRecord("m1", progress("1"))];
    journal.invoked(records);
    journal.settled({ records });
    watcher.flush();
    expect(reports).toMatchObject([{ messageId: "m1", fate: "acknowledged" }]);
  });
});
