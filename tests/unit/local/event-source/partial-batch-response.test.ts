import { describe, expect, it } from "vitest";
import { readPartialBatchResponse } from "../../../../packages/local/src/event-source/partial-batch-response.ts";

const MESSAGE_IDS = ["a", "b"];

describe("a batch succeeds as a whole when the function answers", () => {
  it.each([
    ["nothing", undefined],
    ["null", null],
    ["an empty object", {}],
    ["a null list", { batchItemFailures: null }],
    ["an empty list", { batchItemFailures: [] }],
    ["an object about something else", { ok: true }],
  ])("%s", (_name, response) => {
    expect(readPartialBatchResponse(response, MESSAGE_IDS)).toEqual({ failed: new Set() });
  });
});

describe("a batch fails as a whole when the function answers", () => {
  it.each([
    ["text", "done"],
    ["an array", []],
    ["a list that is none", { batchItemFailures: "a" }],
    ["an entry that is no object", { batchItemFailures: ["a"] }],
    ["a null entry", { batchItemFailures: [null] }],
    ["a bad key", { batchItemFailures: [{ messageId: "a" }] }],
    ["a null identifier", { batchItemFailures: [{ itemIdentifier: null }] }],
    ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }],
    ["a number for an identifier", { batchItemFailures: [{ itemIdentifier: 1 }] }],
    ["an unknown identifier", { batchItemFailures: [{ itemIdentifier: "c" }] }],
    [
      "an unknown identifier after a good one",
      { batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "c" }] },
    ],
  ])("%s", (_name, response) => {
    expect(readPartialBatchResponse(response, MESSAGE_IDS)).toEqual({
      failed: new Set(MESSAGE_IDS),
      error: expect.any(String),
    });
  });
});

it("only the named messages fail", () => {
  const response = { batchItemFailures: [{ itemIdentifier: "b" }] };
  expect(readPartialBatchResponse(response, MESSAGE_IDS)).toEqual({ failed: new Set(["b"]) });
});

it("a message named twice fails once", () => {
  const response = { batchItemFailures: [{ itemIdentifier: "b" }, { itemIdentifier: "b" }] };
  expect(readPartialBatchResponse(response, MESSAGE_IDS)).toEqual({ failed: new Set(["b"]) });
});
