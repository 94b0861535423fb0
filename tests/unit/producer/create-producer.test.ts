import { createProducer } from "@realtime-gateway/producer";
import { describe, expect, it } from "vitest";
import { regionOf } from "../../../packages/producer/src/sqs-transport.ts";
import { progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

const address = { queueUrl: "https://sqs.eu-west-3.amazonaws.com/1/domain-events", source: "/audits" };

describe("createProducer", () => {
  it.each(["concurrency", "maxAttempts", "requestTimeoutMs"])(
    "throws for %s of 0, with which nothing would be sent",
    (option) => {
      for (const value of [0, -1, 1.5, Number.NaN])
        expect(() => createProducer({ ...address, [option]: value })).toThrow(
          `${option} must be a whole number from 1`,
        );
    },
  );

  it("throws for a buffer without a place", () => {
    expect(() => producerWorld(() => "taken").realtime.buffer({ maxEvents: 0 })).toThrow("maxEvents must be");
  });

  it("reports an empty URL of the queue when it sends", async () => {
    await expect(
      createProducer({ ...address, queueUrl: "" }).send("audit.progress", progressOf("42")),
    ).rejects.toMatchObject({
      code: "refused",
      retryable: false,
      detail: expect.stringContaining("is its environment variable set?"),
    });
  });

  it.each([
    [address.queueUrl, "eu-west-3"],
    ["https://sqs.cn-north-1.amazonaws.com.cn/1/q", "cn-north-1"],
    ["https://sqs-fips.us-gov-west-1.amazonaws.com/1/q", "us-gov-west-1"],
    ["https://vpce-0a-1b.sqs.eu-west-1.vpce.amazonaws.com/1/q", "eu-west-1"],
    ["http://127.0.0.1:4566/000000000000/domain-events", undefined],
  ])("takes the region from %s", (queueUrl, region) => {
    expect(regionOf(queueUrl)).toBe(region);
  });
});
