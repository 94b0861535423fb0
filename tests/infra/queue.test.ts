import { describe, expect, it } from "vitest";
import { arnOf, deployed, functionOf, QUEUE } from "./deployed.ts";

const DAY_SECONDS = 86_400;

describe.each(["ci", "production", "other"] as const)("the queue of %s", (name) => {
  const stage = deployed(name);
  const queue = stage.one(QUEUE, "DomainEventsQueue");
  const deadLetters = stage.one(QUEUE, "DomainEventsDlqQueue");
  const relay = functionOf(stage, "Relay");
  const fifo = name === "other";

  it("hides a message for six times the relay's timeout", () => {
    expect(queue.inputs).toMatchObject({ visibilityTimeoutSeconds: 180, delaySeconds: 0 });
    expect(queue.inputs.visibilityTimeoutSeconds).toBe(6 * relay.timeout);
  });

  it("gives a message five receives, then keeps it for fourteen days, and takes no other queue's", () => {
    const redrive = { deadLetterTargetArn: arnOf(deadLetters), maxReceiveCount: 5 };
    expect(JSON.parse(String(queue.inputs.redrivePolicy))).toEqual(redrive);
    expect(deadLetters.inputs.messageRetentionSeconds).toBe(14 * DAY_SECONDS);
    const { inputs } = stage.one("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "DomainEventsDlqSources");
    expect(inputs.queueUrl).toBe(deadLetters.outputs.url);
    expect(JSON.parse(String(inputs.redriveAllowPolicy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [arnOf(queue)],
    });
  });

  it("keeps what waits for four days, encrypted", () => {
    expect(queue.inputs).toMatchObject({ messageRetentionSeconds: 4 * DAY_SECONDS, sqsManagedSseEnabled: true });
    expect(deadLetters.inputs.sqsManagedSseEnabled).toBe(true);
  });

  it(fifo ? "is FIFO, and so are its dead letters" : "is a standard one", () => {
    for (const { inputs } of [queue, deadLetters]) {
      expect(inputs).toMatchObject({ fifoQueue: fifo, contentBasedDeduplication: false });
      expect(String(inputs.name).endsWith(".fifo")).toBe(fifo);
      expect(String(inputs.name).length).toBeLessThanOrEqual(80);
    }
  });

  it("is protected in production, as its messages would go with it", () => {
    const production = name === "production";
    for (const resource of [queue, deadLetters])
      expect(resource).toMatchObject({ protect: production, retainOnDelete: production });
    expect(stage.synthesis.outputs._protect).toBe(production);
  });

  it("may be written to with the producers' policy, and no more", () => {
    const { inputs } = stage.one("aws:iam/policy:Policy", "Producers");
    expect(JSON.parse(String(inputs.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: arnOf(queue) }],
    });
  });
});

describe("the relay's events", () => {
  const mapping = (name: "ci" | "production" | "other") =>
    deployed(name).one("aws:lambda/eventSourceMapping:EventSourceMapping", "RelayEvents").inputs;

  it.each([
    ["ci", { batchSize: 10, scalingConfig: { maximumConcurrency: 2 } }],
    ["production", { batchSize: 10, scalingConfig: { maximumConcurrency: 10 } }],
    ["other", { batchSize: 5, scalingConfig: { maximumConcurrency: 2 } }],
  ] as const)("come in batches, each message answered for: %s", (name, expected) => {
    const stage = deployed(name);
    expect(mapping(name)).toEqual({
      ...expected,
      eventSourceArn: arnOf(stage.one(QUEUE, "DomainEventsQueue")),
      functionName: arnOf(stage.one("aws:lambda/function:Function", "RelayFunction")),
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  it("come from nowhere else", () => {
    expect(deployed("production").all("aws:lambda/eventSourceMapping:EventSourceMapping")).toHaveLength(1);
  });
});
