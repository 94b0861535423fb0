import type { Publication } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { published } from "../../../support/fake-publish.ts";
import { progress, relayWith } from "../../../support/relay-run.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const answered = (status: number, code: Exclude<Publication, { ok: true }>["code"]): Publication => ({
  ok: false,
  code,
  status,
  detail: `status ${status}: no`,
});
const forbidden = answered(403, "pusher_misconfigured");
const TEN = Array.from({ length: 10 }, (_, index) => String(index));
const isAbout = (entry: Entry, ids: readonly string[]): boolean =>
  ids.some((id) => entry.channel === `private-audit-${id}`);

/** Pusher answers with the failure to every call that carries one of these audits. */
async function run(failure: Publication, ids: readonly string[], record = sqsRecord) {
  const dead: string[] = [];
  const relay = relayWith({
    answer: (entries) => (entries.some((entry) => isAbout(entry, ids)) ? failure : published),
    sendDeadLetter: async ({ body }) => void dead.push(body),
  });
  const failed = await relay.invoke(TEN.map((id) => record(id, progress(id))));
  const deadIds = dead.map((body) => /"audit_id":"(\d+)"/.exec(body)?.[1]);
  return { failed, dead: deadIds, calls: relay.calls, records: relay.records };
}

describe("a 4xx answer to a call of ten events", () => {
  it.each([
    [400, "rejected_by_pusher"],
    [413, "rejected_by_pusher"],
    [422, "rejected_by_pusher"],
    [403, "pusher_misconfigured"],
  ] as const)("with status %i for one of them dead-letters that one and publishes nine", async (status, code) => {
    for (const culprit of ["0", "4", "9"]) {
      const { failed, dead, calls } = await run(answered(status, code), [culprit]);
      expect({ failed, dead }).toEqual({ failed: [], dead: [culprit] });
      expect(calls).toHaveLength(11);
    }
  });

  it.each([401, 404])("with status %i keeps all ten and makes no further call", async (status) => {
    const { failed, dead, calls } = await run(answered(status, "pusher_misconfigured"), TEN);
    expect({ failed, dead, calls: calls.length }).toEqual({ failed: TEN, dead: [], calls: 1 });
  });

  it("with status 403 for every one of them is a misconfigured app: all are retried later", async () => {
    const { failed, dead, records } = await run(forbidden, TEN);
    expect({ failed, dead }).toEqual({ failed: TEN, dead: [] });
    expect(records).toContainEqual(
      expect.objectContaining({ message: "pusher_misconfigured", detail: "status 403: no", messages: 10 }),
    );
  });

  it("with status 403 from the fifth on is a quota that has ended: none is dead-lettered", async () => {
    const { failed, dead } = await run(forbidden, TEN.slice(4));
    expect({ failed, dead }).toEqual({ failed: TEN.slice(4), dead: [] });
  });

  it("with status 405 for all stops at the first single event", async () => {
    const { failed, dead, calls } = await run(answered(405, "pusher_misconfigured"), TEN);
    expect({ failed, dead, calls: calls.length }).toEqual({ failed: TEN, dead: [], calls: 2 });
  });

  it("with status 403 for one of a FIFO group does not hold up the events behind it", async () => {
    const { failed, dead } = await run(forbidden, ["4"], fifoRecord);
    expect({ failed, dead }).toEqual({ failed: [], dead: ["4"] });
  });
});

it("a 403 to a call of one event is a misconfigured app", async () => {
  const relay = relayWith({ answer: () => forbidden, sendDeadLetter: async () => {} });
  expect(await relay.invoke([sqsRecord("1", progress("1"))])).toEqual(["1"]);
  expect(relay.calls).toHaveLength(1);
});
