import { BASE_PATH, FUNCTIONS } from "../../functions/manifest.ts";
import { MAX_RECEIVES } from "../../functions/queue-rules.ts";
import type { Alarm } from "../../infra/settings/alarm.ts";
import { alarmsOf } from "../../infra/settings/alarms.ts";
import { durationText } from "../../infra/settings/duration-text.ts";
import { queueTimes } from "../../infra/settings/queue-times.ts";
import { SECRET_NEEDS, SECRET_VARIABLES, secretName } from "../../infra/settings/secrets.ts";
import { STAGE_VARIABLES } from "../../infra/settings/stage.ts";
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

const stage = (): string =>
  table(
    ["variable", "meaning", "production", "other stages"],
    Object.entries(STAGE_VARIABLES).map(([name, { meaning, defaults }]) => [
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

function condition({ metric, statistic, unit, threshold, periodSeconds, periods, ofPeriods }: Alarm): string {
  const minutes = periodSeconds / 60;
  const time = ofPeriods === 1 ? `in ${minutes} min` : `in ${periods} of ${ofPeriods} periods of ${minutes} min`;
  const ofCode = typeof metric.dimensions.code === "string" ? ` of ${code(metric.dimensions.code)}` : "";
  return `${statistic} of ${code(metric.name)}${ofCode} > ${threshold}${unit && ` ${unit}`} ${time}`;
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

/** Tables of a deployment. */
export const DEPLOYMENT_TABLES = { functions, stage, secrets, alarms, retries };
