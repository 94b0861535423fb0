import { describe, expect, it } from "vitest";
import { checkDeadLetterFilter, checkWait } from "../../../../packages/local/src/gateway/check-call.ts";

describe("the call waitFor", () => {
  it("may name each member of a match", () => {
    const match = { event: "audit.*", channel: "private-audit-42", data: { n: 1 }, truncated: true, minSubscribers: 0 };
    const options = { timeoutMs: 600_000, signal: AbortSignal.abort() };
    expect(() => checkWait(match, options)).not.toThrow();
    expect(() => checkWait({ id: "e1", event: undefined })).not.toThrow();
  });

  it.each([
    [{ eventName: "audit.started" }, /^Invalid match: .*eventName/],
    [{ id: "e1", chanel: "x", eventName: "y" }, /chanel.*eventName/],
    [{ event: 1, truncated: "no" }, /^Invalid match: event: .*; truncated: /],
    [{}, "Invalid match: Name an event, a channel or an id to wait for"],
    [{ id: undefined }, "Invalid match: Name an event, a channel or an id to wait for"],
  ])("is an error for the match %j", (match, expected) => {
    expect(() => checkWait(match)).toThrow(expected);
  });

  it.each([
    [{ timeout: 10 }, /^Invalid options: .*timeout/],
    [{ timeoutMs: -1 }, /^Invalid options: timeoutMs: /],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, /^Invalid options: timeoutMs: /],
    [{ timeoutMs: "10" }, /^Invalid options: timeoutMs: /],
  ])("is an error for the options %j", (options, expected) => {
    expect(() => checkWait({ id: "e1" }, options)).toThrow(expected);
  });
});

describe("the call deadLetters", () => {
  it("may name each member of a filter, or none", () => {
    expect(() => checkDeadLetterFilter()).not.toThrow();
    expect(() => checkDeadLetterFilter({ messageIds: [], code: "invalid_event", event: "audit.*" })).not.toThrow();
  });

  it("is an error for a misspelt member", () => {
    expect(() => checkDeadLetterFilter({ cod: "invalid_event" })).toThrow(/^Invalid filter: .*cod/);
  });
});
