import { describe, expect, it } from "vitest";
import { cloudEvent } from "../../../support/envelopes.ts";
import { fakeDeadLetters } from "../../../support/fake-dead-letters.ts";
import { type PusherAnswer, published, refused, unavailable } from "../../../support/fake-publish.ts";
import { progress, relayWith } from "../../../support/relay-run.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const older = progress("a", ',"n":1');
const newest = progress("a", ',"n":2');
const after = cloudEvent('{"audit_id":"a","n":3}', "audit.step_started");

const refusingNewest: PusherAnswer = (entries) =>
  entries.some(({ data }) => data.includes('"n":2')) ? refused : published;

const numbersOf = (calls: readonly (readonly { readonly data: string }[])[]): readonly string[] =>
  calls.flat().map(({ data }) => /"n":(\d)/.exec(data)?.[1] ?? "");

describe("a newest event that replaces older ones and that Pusher rejects", () => {
  it("blocks its FIFO group, because the replaced events are retried later and must come first", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke, calls } = relayWith({ sendDeadLetter, answer: refusingNewest });
    const records = [fifoRecord("m1", older), fifoRecord("m2", newest), fifoRecord("m3", after)];
    expect({ failed: await invoke(records), letters: letters.length }).toEqual({ failed: ["m1", "m3"], letters: 1 });
    calls.length = 0;
    expect(await invoke([fifoRecord("m1", older), fifoRecord("m3", after)])).toEqual([]);
    expect(numbersOf(calls)).toEqual(["1", "3"]);
  });

  it("is dead-lettered once if it has a second channel", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke } = relayWith({ sendDeadLetter, answer: refusingNewest });
    const twice = (n: number) => progress("a", `,"fiche_id":"f","n":${n}`);
    expect(await invoke([fifoRecord("m1", twice(1)), fifoRecord("m2", twice(2))])).toEqual(["m1"]);
    expect(letters).toHaveLength(1);
  });

  it("fails if its second channel fails", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const answer: PusherAnswer = (entries) =>
      entries.length > 1 || entries.some(({ channel }) => channel.includes("audit")) ? refused : unavailable;
    const { invoke } = relayWith({ sendDeadLetter, answer });
    const twice = (n: number) => progress("a", `,"fiche_id":"f","n":${n}`);
    expect(await invoke([fifoRecord("m1", twice(1)), fifoRecord("m2", twice(2))])).toEqual(["m1", "m2"]);
    expect(letters).toHaveLength(0);
  });

  it("blocks nothing on a standard queue", async () => {
    const { sendDeadLetter } = fakeDeadLetters();
    const { invoke, calls } = relayWith({ sendDeadLetter, answer: refusingNewest });
    expect(await invoke([sqsRecord("m1", older), sqsRecord("m2", newest), sqsRecord("m3", after)])).toEqual(["m1"]);
    expect(numbersOf(calls).at(-1)).toBe("3");
  });
});
