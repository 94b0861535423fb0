import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { LOG_QUERIES, queryText } from "../../infra/settings/log-queries.ts";
import { startArtifact, startPusherOf } from "./artifact.ts";
import { deployed, LOG_GROUP } from "./deployed.ts";
import { failedLines, logsOf, queryFaults } from "./insights/checks.ts";
import { PLATFORM_LINES, THROWN_LINE } from "./insights/platform-lines.ts";
import { type ScenarioFunction, scenariosFor } from "./insights/scenarios.ts";

const QUERY = "aws:cloudwatch/queryDefinition:QueryDefinition";

describe.each(["ci", "production", "other"] as const)("the saved queries of %s", (name) => {
  const stage = deployed(name);
  const fullName = `realtime-gateway-${stage.synthesis.stage}`;

  it.each(LOG_QUERIES)("include $name, with the exact log groups of the stage", (query) => {
    const groups = query.sources.map((source) =>
      source === "api" ? stage.one(LOG_GROUP, "ApiAccessLog").inputs.name : `/aws/lambda/${fullName}-${source}`,
    );
    expect(groups).not.toContain(undefined);
    expect(stage.one(QUERY, query.id).inputs).toEqual({
      name: `${fullName}/${query.name}`,
      queryString: queryText(query),
      logGroupNames: groups,
    });
  });

  it("are exactly those of the page", () => expect(stage.all(QUERY)).toHaveLength(LOG_QUERIES.length));
});

const AccessLog = z.object({ accessLogSettings: z.object({ format: z.string() }) });

/** A line of the access log, in the format of the stage. */
function accessLine(values: Readonly<Record<string, string>>): string {
  const { inputs } = deployed("ci").one("aws:apigatewayv2/stage:Stage", "ApiStage");
  const { format } = AccessLog.parse(inputs).accessLogSettings;
  return format.replace(/\$context\.([\w.]+)/g, (_, name: string) => values[name] ?? "-");
}

const accessLines = ["200", "403", "503"].map((status) =>
  accessLine({ status, routeKey: "ANY /api/realtime/pusher/test", responseLatency: "31" }),
);

/** The lines that the artifacts write in the scenarios. */
async function writtenLines(): Promise<Readonly<Record<ScenarioFunction, readonly string[]>>> {
  const written: Record<ScenarioFunction, string[]> = { Relay: [THROWN_LINE], Auth: [], TestEvent: [] };
  const scenarios = await scenariosFor(async (status) => {
    const faults = status === undefined ? [] : [{ effect: { kind: "answer", status } } as const];
    return (await startPusherOf("ci", faults)).env;
  });
  for (const { function: logical, env, event } of scenarios.filter(({ throws = false }) => !throws)) {
    const artifact = startArtifact(deployed("ci"), logical, env);
    await artifact.invoke(event);
    written[logical].push(...artifact.lines);
  }
  return written;
}

describe("the queries, over the lines that the artifacts write", () => {
  it("select what their questions ask for, and read only fields that these lines have", async () => {
    const logs = logsOf(await writtenLines(), accessLines);
    expect(queryFaults(logs)).toEqual([]);
    const failed = failedLines(logs).filter((line) => line.includes("platform."));
    expect(failed).toEqual(PLATFORM_LINES.failed.filter((line) => !line.includes("platform.start")));
  });
});
