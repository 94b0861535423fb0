import { rejected } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { bury, type Refusal } from "../../../../functions/relay/bury.ts";
import type { SendDeadLetter } from "../../../../functions/relay/dead-letter.ts";
import { fakeClock } from "../../../support/fake-clock.ts";
import { fakeDeadLetters } from "../../../support/fake-dead-letters.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const END_MS = 10_000;
const refusals = (count: number): Refusal[] =>
  Array.from({ length: count }, (_, position) => ({
    position,
    rejection: rejected("invalid_json", "the body is not JSON"),
  }));
const records = (count: number) => Array.from({ length: count }, (_, n) => sqsRecord(`m${n}`, "s3cr3t"));

/** Buries so many records by that sender, which is given the clock to be slow on. */
async function burying(count: number, senderOn: (clock: ReturnType<typeof fakeClock>) => SendDeadLetter | undefined) {
  const clock = fakeClock();
  const { log, records: logged } = recordedLog();
  const deps = { ...clock, log, sendDeadLetter: senderOn(clock) };
  const outcomes = await clock.run(bury(records(count), refusals(count), deps, END_MS));
  return { outcomes: [...outcomes], logged, tookMs: clock.nowMs() };
}

/** A queue that takes its time, and is given up on as the real client does it. */
const taking =
  (ms: number, asked: number[] = []) =>
  (clock: ReturnType<typeof fakeClock>): SendDeadLetter =>
  async (_, timeoutMs) => {
    asked.push(timeoutMs);
    await clock.sleep(Math.min(ms, timeoutMs));
    if (ms > timeoutMs) throw new Error("timeout");
  };

describe("a message that can never be delivered", () => {
  it("is done with once the dead-letter queue has accepted it", async () => {
    expect((await burying(1, () => fakeDeadLetters().sendDeadLetter)).outcomes).toEqual([
      [0, { kind: "dead_lettered", code: "invalid_json" }],
    ]);
  });

  it.each([
    ["that queue refuses it", fakeDeadLetters(() => true).sendDeadLetter],
    ["no such queue is set", undefined],
  ])("stays, with its code, where %s", async (_where, sender) => {
    const kept = { kind: "failed", code: "invalid_json", detail: "the body is not JSON" };
    expect((await burying(1, () => sender)).outcomes).toEqual([[0, kept]]);
  });

  it("is told of as a warning when it is buried", async () => {
    expect((await burying(1, () => fakeDeadLetters().sendDeadLetter)).logged).toEqual([
      {
        level: "warn",
        message: "message_dead_lettered",
        code: "invalid_json",
        detail: "the body is not JSON",
        message_id: "m0",
        receive_count: "1",
      },
    ]);
  });

  it("is told of as an error when it is not, with the error's name and no more of it", async () => {
    const { logged } = await burying(1, () => fakeDeadLetters(() => true).sendDeadLetter);
    expect(logged).toMatchObject([{ level: "error", message: "message_failed", dead_letter_error: "Error" }]);
    expect(JSON.stringify(logged)).not.toContain("s3cr3t");
  });

  it("has its own fate: one that is refused leaves the others alone", async () => {
    const { sendDeadLetter } = fakeDeadLetters(({ attributes }) => attributes.detail?.stringValue === "no");
    const clock = fakeClock();
    const two: Refusal[] = [
      { position: 0, rejection: rejected("invalid_event", "no") },
      { position: 1, rejection: rejected("invalid_event", "yes") },
    ];
    const outcomes = await bury(records(2), two, { ...clock, log: recordedLog().log, sendDeadLetter }, END_MS);
    expect([outcomes.get(0)?.kind, outcomes.get(1)?.kind]).toEqual(["failed", "dead_lettered"]);
  });
});

describe("the dead-letter queue", () => {
  it("is sent ten letters at once", async () => {
    expect((await burying(25, taking(100))).tookMs).toBe(300);
  });

  it("is given five seconds for a letter: on a FIFO queue the good messages wait for it", async () => {
    const asked: number[] = [];
    await burying(1, taking(100, asked));
    expect(asked).toEqual([5000]);
  });

  it("is given no more than the time until the invocation must answer", async () => {
    const asked: number[] = [];
    await burying(21, taking(4000, asked));
    expect(asked).toEqual([...Array(10).fill(5000), ...Array(10).fill(5000), 2000]);
  });

  it("is not waited for beyond that, however many letters there are", async () => {
    const { outcomes, tookMs } = await burying(1000, taking(60_000));
    expect(outcomes.every(([, { kind }]) => kind === "failed")).toBe(true);
    expect(tookMs).toBe(END_MS);
  });
});
