import { describe, expect, it } from "vitest";
import { recordsOf } from "../../../../functions/relay/records.ts";
import { progress, relayWith } from "../../../support/relay-run.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

describe("an invocation of the relay", () => {
  it("can have a bare array of messages, as EventBridge Pipes sends it", async () => {
    const { handler, calls } = relayWith();
    expect(await handler([sqsRecord("m1", progress("1"))])).toEqual({ batchItemFailures: [] });
    expect(calls).toHaveLength(1);
  });

  it.each([[{ Records: [] }], [[]]])("without messages succeeds: %j", async (event) => {
    expect(await relayWith().handler(event)).toEqual({ batchItemFailures: [] });
  });

  it.each([[{}], [null], [undefined], ["text"], [7], [{ Records: {} }], [{ "detail-type": "x", detail: {} }]])(
    "with %j fails, and explains how to connect the relay",
    async (event) => {
      await expect(relayWith().handler(event)).rejects.toMatchObject({
        code: "not_an_sqs_batch",
        message: expect.stringContaining("event source mapping"),
      });
    },
  );

  it.each([
    [{ Records: [{ eventSource: "aws:s3", s3: {} }] }, "aws:s3"],
    [{ Records: [{ EventSource: "aws:sns", Sns: {} }] }, "aws:sns"],
    [{ Records: [{ eventSource: "s3cr3t", payload: 1 }] }, "unknown"],
  ])("with the batch of another service names the service: %j", (event, source) => {
    expect(() => recordsOf(event)).toThrow(`their source: ${source}`);
  });

  it("never answers without an identifier, whatever a test event leaves out", async () => {
    const { handler } = relayWith();
    expect(await handler({ Records: [{ body: "not json" }] })).toEqual({ batchItemFailures: [{ itemIdentifier: "" }] });
    expect(await handler({ Records: [{ body: progress("1") }] })).toEqual({ batchItemFailures: [] });
  });

  it.each([
    ["is null", null],
    ["is a text", "s3cr3t"],
    ["has a body that is no text", { ...sqsRecord("odd", ""), body: 7 }],
    ["has a null attribute", { ...sqsRecord("odd", "not json"), messageAttributes: { a: null } }],
    ["has a null attribute, on a FIFO queue", { ...fifoRecord("odd", "not json"), messageAttributes: { a: null } }],
    ["has a queue that is no text", { ...sqsRecord("odd", "not json"), eventSourceARN: 7, body: 7 }],
  ])("publishes the other messages and loses none if one %s", async (_what, odd) => {
    const dead: unknown[] = [];
    const { handler, calls, records } = relayWith({ sendDeadLetter: async (letter) => void dead.push(letter) });
    const { batchItemFailures } = await handler({ Records: [sqsRecord("m1", progress("1")), odd] });
    expect(calls).toHaveLength(1);
    expect(batchItemFailures).toEqual([{ itemIdentifier: Object(odd).messageId ?? "" }]);
    expect(dead).toEqual([]);
    expect(records).toContainEqual(expect.objectContaining({ level: "error" }));
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });
});
