import type { Publication } from "@realtime-gateway/pusher";
import { describe, expect, it } from "vitest";
import { MAX_IN_FLIGHT } from "../../../../functions/relay/publish.ts";
import { cloudEvent } from "../../../support/envelopes.ts";
import { type PusherAnswer, published, refused, unavailable } from "../../../support/fake-publish.ts";
import { channelsOf, progress, relay, relayWith } from "../../../support/relay-run.ts";
import { sqsEvent } from "../../../support/sqs-record.ts";

describe("the calls to Pusher", () => {
  it("hold at most ten entries, in the order of the messages", async () => {
    const ids = Array.from({ length: 23 }, (_, index) => `a${index}`);
    const { calls } = await relay(Object.fromEntries(ids.map((id) => [id, progress(id)])));
    expect(calls.map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(channelsOf(calls).flat()).toEqual(ids.map((id) => `private-audit-${id}`));
  });

  it("are none for an empty batch", async () => {
    expect(await relay({})).toEqual({ failed: [], calls: [], records: [] });
  });
});

describe("a call that Pusher rejects", () => {
  const five = Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, progress(id)]));
  const holds =
    (id: string): PusherAnswer =>
    (entries) =>
      entries.some(({ channel }) => channel === `private-audit-${id}`) ? refused : published;

  it("is sent again entry by entry, in order, and only the faulty message is rejected", async () => {
    const { failed, calls, records } = await relay(five, { answer: holds("c") });
    expect(failed).toEqual(["c"]);
    expect(channelsOf(calls.slice(1))).toEqual(["a", "b", "c", "d", "e"].map((id) => [`private-audit-${id}`]));
    expect(records).toMatchObject([{ code: "rejected_by_pusher", detail: "status 400", message_id: "c" }]);
  });

  it("does not delay the calls after it", async () => {
    const twelve = Object.fromEntries("abcdefghijkl".split("").map((id) => [id, progress(id)]));
    const { failed, calls } = await relay(twelve, { answer: holds("c") });
    expect(failed).toEqual(["c"]);
    expect(channelsOf(calls)).toContainEqual(["private-audit-k", "private-audit-l"]);
  });

  it("is not sent again if it has one entry", async () => {
    const { failed, calls } = await relay({ a: progress("a") }, { answer: holds("a") });
    expect({ failed, sent: calls.length }).toEqual({ failed: ["a"], sent: 1 });
  });

  it("fails a message once even if both of its channels are rejected", async () => {
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

  it("fails only the lane of an entry that then fails for another reason", async () => {
    const away = new Set(["private-audit-d"]);
    const answer: PusherAnswer = (entries) =>
      entries.length > 1 ? refused : away.has(entries[0]?.channel ?? "") ? unavailable : published;
    const { failed } = await relay({ ...five, d2: cloudEvent('{"audit_id":"d"}', "audit.brand_new") }, { answer });
    expect(failed).toEqual(["d", "d2"]);
  });
});

describe("a temporary failure", () => {
  const manyOf = (id: string, count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `${id}${index}`,
        cloudEvent(`{"audit_id":"${id}","n":${index}}`, "audit.brand_new"),
      ]),
    );
  const failing =
    (channel: string, failure: Publication): PusherAnswer =>
    (entries) =>
      entries.some((entry) => entry.channel === channel) ? failure : published;

  it.each(["pusher_unavailable", "pusher_rate_limited"] as const)(
    "(%s) fails its call and every message that would overtake it, and nothing else",
    async (code) => {
      const answer = failing("private-audit-a", { ok: false, code, detail: "status" });
      const { failed, records } = await relay({ ...manyOf("a", 25), ...manyOf("b", 20) }, { answer });
      expect(failed).toEqual(Object.keys(manyOf("a", 25)));
      const kept = records.filter(({ message }) => message !== "unlisted_event");
      expect(kept).toMatchObject([{ level: "warn", message: "messages_kept", code, detail: "status", messages: 25 }]);
    },
  );

  it("leads to four attempts, with a longer pause each time", async () => {
    const { invoke, calls, sleeps } = relayWith({ answer: () => unavailable });
    await invoke(sqsEvent({ m1: progress("1") }).Records);
    expect({ tries: calls.length, sleeps }).toEqual({ tries: 4, sleeps: [100, 200, 400] });
  });

  it("leaves no trace once a retry succeeds", async () => {
    const answer: PusherAnswer = (_, call) => (call < 3 ? unavailable : published);
    expect(await relay({ m1: progress("1") }, { answer })).toMatchObject({ failed: [], records: [] });
  });

  it("with Retry-After pauses every call for that time", async () => {
    const limited: Publication = { ok: false, code: "pusher_rate_limited", detail: "status 429", retryAfterMs: 3000 };
    const { invoke, sleeps } = relayWith({ answer: (_, call) => (call === 1 ? limited : published) });
    expect(await invoke(sqsEvent({ m1: progress("1") }).Records)).toEqual([]);
    expect(sleeps).toEqual([3000]);
  });

  it("with a Retry-After beyond the invocation's time ends the call at once", async () => {
    const limited: Publication = { ok: false, code: "pusher_rate_limited", detail: "status 429", retryAfterMs: 60_000 };
    const { invoke, sleeps, calls } = relayWith({ answer: () => limited });
    expect(await invoke(sqsEvent({ m1: progress("1") }).Records)).toEqual(["m1"]);
    expect({ sleeps, calls: calls.length }).toEqual({ sleeps: [], calls: 1 });
  });

  it("of three calls in a row ends all calls", async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`m${index}`, progress(`a${index}`)]));
    const { invoke, calls } = relayWith({ answer: () => unavailable });
    expect(await invoke(sqsEvent(many).Records)).toHaveLength(400);
    expect(calls.length).toBeLessThanOrEqual(MAX_IN_FLIGHT * 4);
  });
});

describe("wrong credentials", () => {
  const misconfigured: Publication = { ok: false, code: "pusher_misconfigured", detail: "status 401" };

  it("stop every further call, and log one error with the settings to check", async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`m${index}`, progress(`a${index}`)]));
    const { failed, calls, records } = await relay(many, { answer: () => misconfigured });
    expect(failed).toHaveLength(400);
    expect(calls.length).toBeLessThanOrEqual(MAX_IN_FLIGHT);
    expect(records).toMatchObject([
      { level: "error", message: "pusher_misconfigured", check: expect.stringContaining("PUSHER_SECRET") },
    ]);
  });
});

describe("a message of two channels", () => {
  it("fails if one of them was in a failing call", async () => {
    const twoChannels = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [
        `m${index}`,
        cloudEvent(`{"audit_id":"a${index}","fiche_id":"f${index}"}`, "audit.brand_new"),
      ]),
    );
    const answer: PusherAnswer = (entries) =>
      entries.some(({ channel }) => channel === "private-fiche-f5") ? unavailable : published;
    expect((await relay(twoChannels, { answer })).failed).toContain("m5");
  });

  it("is reported beside rejected messages", async () => {
    const { failed, records } = await relay({ m1: progress("1"), m2: "bad" }, { answer: () => unavailable });
    expect(failed.sort()).toEqual(["m1", "m2"]);
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(["invalid_json", "pusher_unavailable"]));
  });
});

it("a bug that throws while publishing fails the invocation", async () => {
  const answer = (): never => {
    throw new Error("a bug");
  };
  await expect(relay({ m1: progress("1") }, { answer })).rejects.toThrow("a bug");
});
