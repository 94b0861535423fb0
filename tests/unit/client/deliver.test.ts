import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDelivery } from "../../../packages/client/src/deliver.ts";
import type { Meta } from "../../../packages/client/src/types.ts";

const MAX_REMEMBERED = 500;

/** A channel, and what its handlers got. */
function openChannel() {
  const heard: { readonly data: unknown; readonly meta: Meta }[] = [];
  const deliver = createDelivery("private-audit-42", (data, meta) => heard.push({ data, meta }));
  const send = (event: string, id: string, seconds: number | string, data: object = { audit_id: "42" }): boolean => {
    const time = typeof seconds === "string" ? seconds : new Date(seconds * 1000).toISOString();
    const before = heard.length;
    deliver(event, { ...data, _realtime: { id, time } });
    return heard.length > before;
  };
  return { heard, deliver, send };
}

describe("the delivery of events", () => {
  it("gives the payload without the stamp, and the stamp in meta", () => {
    const { heard, send } = openChannel();
    send("audit.started", "1", 5);
    expect(heard).toEqual([
      {
        data: { audit_id: "42" },
        meta: {
          event: "audit.started",
          channel: "private-audit-42",
          id: "1",
          time: "1970-01-01T00:00:05.000Z",
          receivedAt: expect.any(Number),
        },
      },
    ]);
  });

  it.each([[{ audit_id: "42" }], ["text"], [null], [undefined]])("passes %j as it is without a stamp", (data) => {
    const { heard, deliver } = openChannel();
    deliver("audit.progress", data);
    deliver("audit.progress", data);
    const meta = { event: "audit.progress", channel: "private-audit-42", receivedAt: expect.any(Number) };
    expect(heard).toEqual([
      { data, meta },
      { data, meta },
    ]);
  });

  it("remembers the last 500 ids", () => {
    const { send } = openChannel();
    for (let id = 0; id < MAX_REMEMBERED; id++) send("audit.started", `${id}`, 1);
    expect(send("audit.started", "0", 1)).toBe(false);
    send("audit.started", "new", 1);
    expect(send("audit.started", "1", 1)).toBe(false);
    expect(send("audit.started", "0", 1)).toBe(true);
  });

  it.each([
    ["another entity", { audit_id: "43" }, true],
    ["the same entity", { audit_id: "42" }, false],
    ["an entity known by its other id", { audit_db_id: "42" }, true],
    ["no entity", {}, true],
    ["an empty id", { audit_id: "" }, true],
  ])("of an older latest-wins event about %s is right", (_, data, isHeard) => {
    const { send } = openChannel();
    send("audit.progress", "1", 5);
    expect(send("audit.progress", "2", 4, data)).toBe(isHeard);
  });

  it("takes both spellings of a job's id for one", () => {
    const { send } = openChannel();
    send("fiches.progressive_fetch.progress", "1", 5, { jobId: "7" });
    expect(send("fiches.progressive_fetch.progress", "2", 4, { job_id: "7" })).toBe(false);
  });

  it("needs both ids of a batch", () => {
    const { send } = openChannel();
    send("batch.progress", "1", 5, { operation_type: "audit", batch_id: "7" });
    expect(send("batch.progress", "2", 4, { operation_type: "transcription", batch_id: "7" })).toBe(true);
    expect(send("batch.progress", "3", 4, { operation_type: "audit", batch_id: "7" })).toBe(false);
    expect(send("batch.progress", "4", 3, { batch_id: "7" })).toBe(true);
  });

  it("drops no event whose time is no date, and such a time makes no other event old", () => {
    const { send } = openChannel();
    send("audit.progress", "1", 5);
    expect(send("audit.progress", "2", "yesterday")).toBe(true);
    expect(send("audit.progress", "3", 4)).toBe(false);
    expect(send("audit.progress", "4", 5)).toBe(true);
  });

  it("never goes back in time for one entity, and drops nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.constantFrom("1", "2"))), (events) => {
        const { send } = openChannel();
        const newest = new Map<string, number>();
        for (const [at, [seconds, audit_id]] of events.entries()) {
          const last = newest.get(audit_id) ?? seconds;
          expect(send("audit.progress", `${at}`, seconds, { audit_id })).toBe(seconds >= last);
          newest.set(audit_id, Math.max(last, seconds));
        }
      }),
    );
  });
});
