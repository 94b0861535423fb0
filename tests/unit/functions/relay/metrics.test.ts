import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { Summary } from "../../../../functions/relay/report.ts";

const summary: Summary = {
  received: 21,
  published: 11,
  conflated: 2,
  duplicate: 3,
  expired: 1,
  truncated: 5,
  drifted: 6,
  rejected: { invalid_json: 1, invalid_event: 2 },
  failed: { pusher_unavailable: 1 },
  pusher_calls: 4,
  retries: 7,
  ms: 812,
};
const nothing: Summary = {
  received: 0,
  published: 0,
  conflated: 0,
  duplicate: 0,
  expired: 0,
  truncated: 0,
  drifted: 0,
  rejected: {},
  failed: {},
  pusher_calls: 0,
  retries: 0,
  ms: 0,
};

/** The standard output of a warm function for these invocations, from a process of its own. */
async function emitted(...summaries: readonly Summary[]): Promise<readonly Record<string, unknown>[]> {
  const source = `
    import { createEmitMetrics } from ${JSON.stringify(import.meta.resolve("../../../../functions/relay/metrics.ts"))};
    const emit = createEmitMetrics("RealtimeGateway");
    for (const summary of ${JSON.stringify(summaries)}) emit(summary);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", source], {
    env: {},
  });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("the metrics of an invocation", () => {
  let lines: readonly Record<string, unknown>[] = [];
  beforeAll(async () => {
    lines = await emitted(summary, nothing);
  });

  it("are one line of figures, and one for each code", () => expect(lines).toHaveLength(1 + 3 + 1));

  it("are the summary's figures, with the names in `docs/operations.md`", () => {
    expect(lines[0]).toMatchObject({
      service: "relay",
      MessagesReceived: 21,
      EventsPublished: 11,
      EventsConflated: 2,
      EventsDuplicate: 3,
      EventsExpired: 1,
      PayloadsTruncated: 5,
      PayloadsDrifted: 6,
      PusherCalls: 4,
      PusherRetries: 7,
      InvocationTime: 812,
    });
  });

  it("count dead letters and failures by code", () => {
    expect(lines.slice(1, 4)).toMatchObject([
      { code: "invalid_json", MessagesDeadLettered: 1 },
      { code: "invalid_event", MessagesDeadLettered: 2 },
      { code: "pusher_unavailable", MessagesFailed: 1 },
    ]);
  });

  it("have no figures of the previous invocation", () => {
    expect(lines[4]).toMatchObject({ MessagesReceived: 0, EventsPublished: 0, InvocationTime: 0 });
  });

  it("declare the place and the unit of each figure for CloudWatch", () => {
    for (const line of lines) {
      expect(line._aws).toMatchObject({
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [{ Namespace: "RealtimeGateway" }],
      });
      const {
        CloudWatchMetrics = [],
      }: { CloudWatchMetrics?: { Dimensions: string[][]; Metrics: { Name: string }[] }[] } = Object(line._aws);
      for (const { Dimensions, Metrics } of CloudWatchMetrics)
        for (const name of [...Dimensions.flat(), ...Metrics.map(({ Name }) => Name)])
          expect(line).toHaveProperty(name);
    }
  });
});
