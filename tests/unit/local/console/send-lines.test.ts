import { everySetting, readConfig } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { recipes } from "../../../../packages/local/src/console/send-lines.ts";

const APP = { PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s", PUSHER_CLUSTER: "eu" };
const STACK = {
  apiUrl: "http://127.0.0.1:65535/api/realtime/pusher",
  queue: {
    endpoint: "http://127.0.0.1:65535",
    port: 65_535,
    region: "us-east-1",
    queueUrl: "http://127.0.0.1:65535/000000000000/domain-events.fifo",
    deadLetterQueueUrl: "http://127.0.0.1:65535/000000000000/domain-events-dlq.fifo",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    purge: async () => undefined,
    sendBatch: async () => ({ successful: [], failed: [] }),
    look: async () => [],
    stop: async () => undefined,
  },
};
const linesOf = (stack: typeof STACK, env: Readonly<Record<string, string>> = {}): readonly string[] =>
  recipes(stack, readConfig(everySetting, { ...APP, ...env })).flatMap(({ lines }) => lines);

describe("the lines that send an event", () => {
  it("leave two columns of 80 for the indentation, also with the longest ports and on a FIFO queue", () => {
    for (const line of linesOf(STACK, { REALTIME_TEST_TOKEN: "t" })) expect(line.length, line).toBeLessThanOrEqual(78);
  });

  it("use the plain JSON address of a stack that has one", () => {
    const eventsUrl = "http://127.0.0.1:3000/_realtime/events";
    const stack = { ...STACK, eventsUrl };
    const lines = linesOf(stack);
    expect(lines[0]).toBe(`curl ${eventsUrl} \\`);
    expect(lines.join("\n")).not.toContain("x-amz-target");
  });

  it("read the test token from the environment, and do not print it", () => {
    const lines = linesOf(STACK, { REALTIME_TEST_TOKEN: "t0ken" }).join("\n");
    expect(lines).toContain('"authorization: Bearer $REALTIME_TEST_TOKEN"');
    expect(lines).not.toContain("t0ken");
  });
});
