import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { createCountStaleKeys } from "../../../../functions/auth/metrics.ts";

/** The line that Powertools writes for the same metric. */
async function lineOfPowertools(): Promise<Record<string, unknown>> {
  const source = `
    import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
    const metrics = new Metrics({ namespace: "RealtimeGateway", serviceName: "auth" });
    metrics.singleMetric().addMetric("JwksStale", MetricUnit.Count, 1);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", source], {
    env: {},
    cwd: import.meta.dirname,
  });
  return JSON.parse(stdout);
}

it("writes the metric of a failed refresh exactly as Powertools writes it", async () => {
  const lines: string[] = [];
  const { _aws: { Timestamp, ...definition } = {}, ...values } = Object(await lineOfPowertools());
  createCountStaleKeys("RealtimeGateway", { write: (line) => void lines.push(line), now: () => Timestamp })();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.+\}\n$/);
  expect(JSON.parse(String(lines[0]))).toEqual({ _aws: { Timestamp, ...definition }, ...values });
});
