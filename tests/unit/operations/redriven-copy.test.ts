import { describe, expect, it } from "vitest";
import { copyOf } from "../../../packages/operations/src/redriven-copy.ts";
import { deadLetterOf, failedWith, string } from "../../support/dead-letters.ts";

describe("a copy for the main queue", () => {
  it("has the body and the attributes of the message that failed, and nothing else", () => {
    const letter = deadLetterOf("a", { body: " {} ", attributes: { trace: string("t") }, ...failedWith("x") });
    expect(copyOf(letter, false)).toEqual({ body: " {} ", attributes: { trace: string("t") } });
  });

  it("has the group of the original", () => {
    expect(copyOf(deadLetterOf("a", { groupId: "g" }), true)).toMatchObject({ groupId: "g" });
  });

  it("has the group on a standard queue too, which needs no deduplication id", () => {
    expect(copyOf(deadLetterOf("a", { groupId: "g" }), false)).toEqual({
      body: "body of a",
      attributes: {},
      groupId: "g",
    });
  });

  it("has the same deduplication id however often one dead letter is redriven", () => {
    const again = deadLetterOf("a", { receiptHandle: "another" });
    expect(copyOf(deadLetterOf("a"), true)).toEqual(copyOf(again, true));
  });

  it("has another deduplication id than another dead letter's", () => {
    const [a, b] = [copyOf(deadLetterOf("a"), true), copyOf(deadLetterOf("b"), true)];
    expect(a.deduplicationId).not.toBe(b.deduplicationId);
  });
});
