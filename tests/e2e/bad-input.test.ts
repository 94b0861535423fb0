import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { cloudEvent, listen, startGateway, type TestGateway } from "../support/stack.ts";

const progress = (data: object): string => cloudEvent("audit.progress", data);
const MEBIBYTE = 1_048_576;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

describe("a message that can never be published", () => {
  it.each([
    ["not JSON", "{", "invalid_json"],
    ["an unknown envelope", JSON.stringify({ hello: "world" }), "unknown_envelope"],
    ["an unknown family", cloudEvent("billing.paid", { audit_id: "a" }), "unknown_event"],
    ["an audit event without ids", progress({ completed_steps: 1 }), "invalid_event"],
    [
      "a transcription event without fiche_id",
      cloudEvent("transcription.progress", { audit_id: "a" }),
      "invalid_event",
    ],
    ["a job event without jobId", cloudEvent("fiches.progressive_fetch.created", {}), "invalid_event"],
    ["an empty id", progress({ audit_id: "" }), "invalid_event"],
    ["an id of 500 characters", progress({ audit_id: "x".repeat(500) }), "invalid_event"],
    ["an id with a lone surrogate", progress({ audit_id: "\ud800" }), "invalid_event"],
    ["a payload that is an array", cloudEvent("audit.progress", []), "invalid_event"],
    ["an event name of 201 characters", cloudEvent(`audit.${"x".repeat(195)}`, { audit_id: "a" }), "invalid_event"],
  ])("%s goes to the dead-letter queue with its code and blocks no other message", async (_what, body, code) => {
    const audit_id = randomUUID();
    const listener = await listen(gateway, [`private-audit-${audit_id}`]);

    const bad = await gateway.send(body);
    await gateway.send(progress({ audit_id }));

    expect(await listener.next()).toMatchObject({ data: { audit_id } });
    expect(await gateway.settled(bad)).toBe("acknowledged");
    expect(await gateway.deadLetterCode(body)).toBe(code);
  });

  it("is moved by the queue itself after five receives, if the relay has no dead-letter queue", async () => {
    const fiveReceives = { visibilityTimeoutSeconds: 1, queue: { maxReceiveCount: 5 } };
    const unaware = await startGateway({ REALTIME_DLQ_URL: "" }, fiveReceives);
    onTestFinished(() => unaware.stop());

    const bad = await unaware.send("nobody understands this");

    expect(await unaware.deadLetterCode("nobody understands this")).toBe("redriven");
    const attempts = () =>
      unaware.logs
        .filter((line) => line.includes(bad) && line.includes('"message_failed"'))
        .map((line) => /"receive_count":"(\d+)"/.exec(line)?.[1]);
    // A slow invocation may outlast the visibility timeout. The next one then starts beside it, and may log first.
    await expect.poll(() => attempts().toSorted()).toEqual(["1", "2", "3", "4", "5"]);
  });
});

describe("an unusual but valid message", () => {
  it.each([
    ["an id that is a path", "../../x", "private-audit-..=2F..=2Fx"],
    ["an id with a colon", "a:b", "private-audit-a=3Ab"],
    ["an id that looks escaped", "a=3Ab", "private-audit-a=3D3Ab"],
    ["an id of emoji", "🙂", "private-audit-=F0=9F=99=82"],
    ["an id that is an integer", 1787121, "private-audit-1787121"],
  ])("%s has its own channel", async (_what, audit_id, channel) => {
    const listener = await listen(gateway, [channel]);

    await gateway.send(progress({ audit_id }));

    expect(await listener.next()).toEqual({ event: "audit.progress", channel, data: { audit_id } });
  });

  it("of 1 MiB arrives truncated", async () => {
    const audit_id = randomUUID();
    const listener = await listen(gateway, [`private-audit-${audit_id}`]);
    const room = MEBIBYTE - Buffer.byteLength(progress({ audit_id, step: 3, error: "" }));

    await gateway.send(progress({ audit_id, step: 3, error: "x".repeat(room) }));

    expect((await listener.next()).data).toEqual({ audit_id, step: 3, truncated: true });
  });
});

describe("a payload around 9000 bytes", () => {
  const sized = (audit_id: string, bytes: number, filler: string): object => {
    const room = bytes - Buffer.byteLength(JSON.stringify({ audit_id, note: "" }));
    const width = Buffer.byteLength(filler);
    return { audit_id, note: filler.repeat(Math.floor(room / width)) + "x".repeat(room % width) };
  };

  it.each([
    [8999, "x", false],
    [9000, "x", false],
    [9001, "x", true],
    [9000, "🙂", false],
    [9001, "🙂", true],
    [9003, "🙂", true],
  ])("of %i bytes made of %s: truncated is %s", async (bytes, filler, truncated) => {
    const audit_id = randomUUID();
    const listener = await listen(gateway, [`private-audit-${audit_id}`]);
    const payload = sized(audit_id, bytes, filler);
    expect(Buffer.byteLength(JSON.stringify(payload))).toBe(bytes);

    await gateway.send(progress(payload));

    expect((await listener.next()).data).toEqual(truncated ? { audit_id, truncated: true } : payload);
  });
});
