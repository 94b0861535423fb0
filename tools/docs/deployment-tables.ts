import { BASE_PATH, FUNCTIONS } from "../../functions/manifest.ts";
import { MAX_RECEIVES } from "../../functions/queue-rules.ts";
import type { Alarm } from "../../infra/settings/alarm.ts";
import { alarmsOf } from "../../infra/settings/alarms.ts";
import { durationText } from "../../infra/settings/duration-text.ts";
import { LOG_QUERIES, type LogSource, queryText } from "../../infra/settings/log-queries.ts";
import { queueTimes } from "../../infra/settings/queue-times.ts";
import { SECRET_NEEDS, SECRET_VARIABLES, secretName } from "../../infra/settings/secrets.ts";
import { STAGE_TABLES, STAGE_VARIABLES } from "../../infra/settings/stage.ts";
import type { StageVariable } from "../../infra/settings/stage-variable.ts";
import { code, table } from "./markdown.ts";

const DEFAULT_TIMES = queueTimes({
  maxReceives: Number(STAGE_VARIABLES.GATEWAY_MAX_RECEIVES.defaults.production),
  batchWindowSeconds: Number(STAGE_VARIABLES.GATEWAY_BATCH_WINDOW_SECONDS.defaults.production),
});

const functions = (): string =>
  table(
    ["function", "invoked by", "timeout", "memory"],
    Object.entries(FUNCTIONS).map(([name, { trigger, routes, timeoutSeconds, memory }]) => [
      code(name),
      trigger === "queue" ? "messages of the queue" : routes.map(({ path }) => code(BASE_PATH + path)).join(", "),
      `${timeoutSeconds} s`,
      code(memory),
    ]),
  );

const stageVariables = (variables: Readonly<Record<string, StageVariable<unknown>>>) => (): string =>
  table(
    ["variable", "meaning", "production", "other stages"],
    Object.entries(variables).map(([name, { meaning, defaults }]) => [
      code(name),
      meaning,
      code(defaults.production),
      code(defaults.other),
    ]),
  );

const secrets = (): string =>
  table(
    ["secret", "is the variable", "needed"],
    SECRET_VARIABLES.map((name) => [code(secretName(name)), code(name), SECRET_NEEDS[name] ?? ""]),
  );

const alarms = (): string =>
  table(
    ["alarm", "triggers when", "means", "do"],
    alarmsOf(DEFAULT_TIMES).map((alarm) => [code(alarm.id), condition(alarm), alarm.meaning, alarm.action]),
  );

function condition({
  metric,
  plus = [],
  statistic,
  unit,
  threshold,
  periodSeconds,
  periods,
  ofPeriods,
}: Alarm): string {
  const minutes = periodSeconds / 60;
  const time = ofPeriods === 1 ? `in ${minutes} min` : `in ${periods} of ${ofPeriods} periods of ${minutes} min`;
  const ofCode = typeof metric.dimensions.code === "string" ? ` of ${code(metric.dimensions.code)}` : "";
  const names = [metric, ...plus].map(({ name }) => code(name)).join(" + ");
  return `${statistic} of ${names}${ofCode} > ${threshold}${unit && ` ${unit}`} ${time}`;
}

/** The first row has the defaults; the others show what the two settings change. */
const RETRY_EXAMPLES = [
  DEFAULT_TIMES,
  ...[
    { maxReceives: MAX_RECEIVES.min, batchWindowSeconds: 0 },
    { maxReceives: MAX_RECEIVES.fallback, batchWindowSeconds: 300 },
    { maxReceives: MAX_RECEIVES.max, batchWindowSeconds: 0 },
    { maxReceives: MAX_RECEIVES.max, batchWindowSeconds: 300 },
  ].map((settings) => queueTimes(settings)),
];

const retries = (): string =>
  table(
    [
      code("GATEWAY_MAX_RECEIVES"),
      code("GATEWAY_BATCH_WINDOW_SECONDS"),
      "retried every",
      "dead-lettered after about",
      "after a bug",
    ],
    RETRY_EXAMPLES.map((times) => [
      code(String(times.maxReceives)),
      code(String(times.batchWindowSeconds)),
      durationText(times.visibilityTimeoutSeconds),
      durationText(times.retrySeconds),
      durationText(times.bugRetrySeconds),
    ]),
  );

const sourceName = (source: LogSource): string => (source === "api" ? "the API (access log)" : code(source));

/** No table, but the text of each query, ready to be copied. */
const logQueries = (): string =>
  LOG_QUERIES.map(
    (query) =>
      `### Query ${code(query.name)}\n\n${query.question} ${query.hint ?? ""}`.trimEnd() +
      `\n\n\`\`\`text\n${queryText(query)}\n\`\`\`\n\nLogs: ${query.sources.map(sourceName).join(", ")}.`,
  ).join("\n\n");

/** Tables of a deployment. */
export const DEPLOYMENT_TABLES = {
  functions,
  secrets,
  alarms,
  retries,
  logQueries,
  stage: stageVariables(STAGE_TABLES.stage),
  producers: stageVariables(STAGE_TABLES.producers),
  front: stageVariables(STAGE_TABLES.front),
  alarmSettings: stageVariables(STAGE_TABLES.alarmSettings),
  network: stageVariables(STAGE_TABLES.network),
  tracing: stageVariables(STAGE_TABLES.tracing),
};
