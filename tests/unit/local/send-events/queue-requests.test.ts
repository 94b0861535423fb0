import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestsOf } from "../../../../packages/local/src/send-events/queue-requests.ts";
import { law } from "../../../support/law.ts";

const MIB = 1024 * 1024;
const message = (bytes: number) => ({ body: "x".repeat(bytes) });
const sizesOf = (sizes: readonly number[]): readonly number[] =>
  requestsOf(sizes.map(message)).map((request) => request.length);

describe("the requests to SQS", () => {
  it("hold ten messages, and not eleven", () => {
    expect([sizesOf(Array(10).fill(1)), sizesOf(Array(11).fill(1))]).toEqual([[10], [10, 1]]);
  });

  it("hold 1 MiB, and not a byte more", () => {
    expect([sizesOf([MIB - 1, 1]), sizesOf([MIB - 1, 2])]).toEqual([[2], [1, 1]]);
  });

  it("count bytes, and not characters", () => {
    expect(requestsOf([{ body: "é".repeat(MIB / 2) }, message(1)])).toHaveLength(2);
  });

  it("leave a message above the limit alone", () => {
    expect(sizesOf([1, MIB + 1, 1])).toEqual([1, 1, 1]);
  });

  it("hold every message once, in order", () => {
    const sizes = fc.array(fc.oneof(fc.nat(20), fc.constantFrom(MIB / 2, MIB, MIB + 1)), { maxLength: 30 });
    law(
      fc.property(sizes, (bytes) => {
        const messages = bytes.map(message);
        expect(requestsOf(messages).flat()).toEqual(messages);
      }),
    );
  });
});
