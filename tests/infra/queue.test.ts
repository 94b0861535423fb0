import { describe, expect, it } from "vitest";
import { arnOf, deployed, functionOf, QUEUE } from "./deployed.ts";

const DAY_SECONDS = 86_400;

const VISIBILITY_SECONDS = { ci: 180, production: 180, other: 180, patient: 480 };
const MAX_RECEIVES = { ci: 240, production: 240, other: 5, patient: 1000 };

describe.each(["ci", "production", "other", "patient"] as const)("the queue of %s", (name) => {
  const stage = deployed(name);
  const queue = stage.one(QUEUE, "DomainEventsQueue");
  const deadLetters = stage.one(QUEUE, "DomainEventsDlqQueue");
  const relay = functionOf(stage, "Relay");
  const fifo = name === "other";

  it("hides a received message for six times the relay's timeout and the batching window", () => {
    expect(queue.inputs).toMatchObject({ visibilityTimeoutSeconds: VISIBILITY_SECONDS[name], delaySeconds: 0 });
    const { inputs } = stage.one("aws:lambda/eventSourceMapping:EventSourceMapping", "RelayEvents");
    const windowSeconds = Number(inputs.maximumBatchingWindowInSeconds ?? 0);
    expect(queue.inputs.visibilityTimeoutSeconds).toBe(6 * relay.timeout + windowSeconds);
  });

  it("moves a message to its own dead-letter queue after GATEWAY_MAX_RECEIVES, which stores it for fourteen days", () => {
    const redrive = { deadLetterTargetArn: arnOf(deadLetters), maxReceiveCount: MAX_RECEIVES[name] };
    expect(JSON.parse(String(queue.inputs.redrivePolicy))).toEqual(redrive);
    expect(deadLetters.inputs.messageRetentionSeconds).toBe(14 * DAY_SECONDS);
    const { inputs } = stage.one("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "DomainEventsDlqSources");
    expect(inputs.queueUrl).toBe(deadLetters.outputs.url);
    expect(JSON.parse(String(inputs.redriveAllowPolicy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [arnOf(queue)],
    });
  });

  it("stores messages encrypted for seven days, which is longer than it retries them", () => {
    expect(queue.inputs).toMatchObject({ messageRetentionSeconds: 7 * DAY_SECONDS, sqsManagedSseEnabled: true });
    expect(MAX_RECEIVES[name] * VISIBILITY_SECONDS[name]).toBeLessThan(7 * DAY_SECONDS);
    expect(deadLetters.inputs.sqsManagedSseEnabled).toBe(true);
  });

  it(fifo ? "is FIFO, like its dead-letter queue" : "is a standard queue, like its dead-letter queue", () => {
    for (const { inputs } of [queue, deadLetters]) {
      expect(inputs).toMatchObject({ fifoQueue: fifo, contentBasedDeduplication: false });
      expect(String(inputs.name).endsWith(".fifo")).toBe(fifo);
      expect(String(inputs.name).length).toBeLessThanOrEqual(80);
    }
  });

  it("is protected in production, because its messages would be lost with it", () => {
    const production = name === "production";
    for (const resource of [queue, deadLetters])
      expect(resource).toMatchObject({ protect: production, retainOnDelete: production });
    expect(stage.synthesis.outputs._protect).toBe(production);
  });

  it("accepts messages from roles with the producers' policy, which allows nothing else", () => {
    const { inputs } = stage.one("aws:iam/policy:Policy", "Producers");
    expect(JSON.parse(String(inputs.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: arnOf(queue) }],
    });
  });
});

describe("the relay's events", () => {
  const mapping = (name: "ci" | "production" | "other" | "patient") =>
    deployed(name).one("aws:lambda/eventSourceMapping:EventSourceMapping", "RelayEvents").inputs;

  it.each([
    ["ci", { batchSize: 10, scalingConfig: { maximumConcurrency: 2 } }],
    ["production", { batchSize: 10, scalingConfig: { maximumConcurrency: 10 } }],
    ["other", { batchSize: 5, scalingConfig: { maximumConcurrency: 2 } }],
    ["patient", { batchSize: 1000, maximumBatchingWindowInSeconds: 300, scalingConfig: { maximumConcurrency: 2 } }],
  ] as const)("come in batches with partial failures in %s", (name, expected) => {
    const stage = deployed(name);
    expect(mapping(name)).toEqual({
      ...expected,
      eventSourceArn: arnOf(stage.one(QUEUE, "DomainEventsQueue")),
      functionName: arnOf(stage.one("aws:lambda/function:Function", "RelayFunction")),
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  it("come from one queue only", () => {
    expect(deployed("production").all("aws:lambda/eventSourceMapping:EventSourceMapping")).toHaveLength(1);
  });
});
