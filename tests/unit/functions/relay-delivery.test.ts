import { describe, expect, it } from "vitest";
import { createRelay } from "../../../functions/relay/relay.ts";
import { cloudEvent } from "../../support/envelopes.ts";
import { type Answer, published, refused, unavailable } from "../../support/fake-publish.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import { channelsOf, progress, relay, relayConfig } from "../../support/relay-run.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

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

it("fails the invocation when publishing throws: a bug comes back later", async () => {
  const { log } = recordedLog();
  const handler = createRelay({
    config: relayConfig,
    publish: () => Promise.reject(new Error("a bug")),
    log,
  });
  await expect(handler(sqsEvent({ m1: progress("1") }))).rejects.toThrow("a bug");
});
