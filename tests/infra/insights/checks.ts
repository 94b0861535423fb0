import { LOG_QUERIES, type LogQuery, type LogSource, queryText } from "../../../infra/settings/log-queries.ts";
import { fieldsOf, type LogLine } from "./fields.ts";
import { GOOD_REQUEST, PLATFORM_LINES } from "./platform-lines.ts";
import { pathsIn, selected } from "./query.ts";
import { PUBLISHED_MESSAGE, REJECTED_MESSAGE, type ScenarioFunction } from "./scenarios.ts";

/** The lines of each log. */
type Logs = Readonly<Partial<Record<LogSource, readonly string[]>>>;

/** The lines that the scenarios wrote, with those of Lambda itself and of the API. */
export const logsOf = (
  written: Readonly<Record<ScenarioFunction, readonly string[]>>,
  api: readonly string[],
): Logs => ({
  relay: [...written.Relay, ...PLATFORM_LINES.good, ...PLATFORM_LINES.failed],
  auth: written.Auth,
  "test-event": written.TestEvent,
  api,
});

/** The kind of a line: its log record, its type or its status. */
const kindOf = (line: LogLine): string =>
  String(
    line.get("message.message") ??
      (line.has("message.errorMessage") ? "error" : undefined) ??
      line.get("type") ??
      line.get("status") ??
      line.get("@message"),
  );

interface Expectation {
  /** The kinds of the selected lines. */
  readonly selects: readonly string[];
  /** Fields that no scenario writes. */
  readonly unwritten?: readonly string[];
}

/** The answer to each query, over the lines of the scenarios. */
const EXPECTED: Readonly<Record<string, Expectation>> = {
  "one-message": { selects: ["message_failed", "message_outcome", "relay_batch"] },
  "one-invocation": {
    selects: [
      "error",
      "message_failed",
      "message_outcome",
      "messages_kept",
      "platform.report",
      "platform.start",
      "pusher_misconfigured",
      "relay_batch",
    ],
  },
  // Only a bug in a schema writes `internal_error`.
  "failed-messages": {
    selects: ["message_failed", "messages_kept", "pusher_misconfigured"],
    unwritten: ["message.error"],
  },
  throughput: { selects: ["relay_batch"] },
  "message-times": { selects: ["message_outcome"] },
  "failed-invocations": { selects: ["error", "platform.initReport", "platform.report"] },
  denials: { selects: ["auth_denied"] },
  "errors-by-route": { selects: ["503"] },
  "errors-by-code": { selects: ["http_failure"] },
};

/** The lines that a query selects. An operator replaces a placeholder by one of these values. */
function answerOf(query: LogQuery, logs: Logs): readonly LogLine[] {
  const lines = query.sources.flatMap((source) => logs[source] ?? []).map(fieldsOf);
  const requestIds = (logs.relay ?? []).map((line) => fieldsOf(line).get("requestId")).filter((id) => id !== undefined);
  const values: Readonly<Record<string, readonly unknown[]>> = {
    MESSAGE_ID: [PUBLISHED_MESSAGE, REJECTED_MESSAGE],
    REQUEST_ID: [GOOD_REQUEST, ...new Set(requestIds)],
  };
  const text = queryText(query);
  const placeholder = Object.keys(values).find((name) => text.includes(name)) ?? "";
  return (values[placeholder] ?? [""]).flatMap((value) => {
    const found = selected(placeholder === "" ? text : text.replaceAll(placeholder, String(value)), lines);
    return found.length > 0 ? found : [new Map([["type", `nothing for ${value}`]])];
  });
}

/** Every query that selects other lines than its question asks for, or that reads a field which none of them has. */
export const queryFaults = (logs: Logs): readonly string[] =>
  LOG_QUERIES.flatMap((query) => {
    const { selects = [], unwritten = [] } = EXPECTED[query.name] ?? {};
    const found = answerOf(query, logs);
    const kinds = [...new Set(found.map(kindOf))].sort();
    const unknown = pathsIn(queryText(query)).filter((path) => !found.some((line) => line.has(path)));
    return [
      ...(kinds.join() === selects.join() ? [] : [`${query.name} selects ${kinds}, not ${selects}`]),
      ...(unknown.join() === unwritten.join() ? [] : [`${query.name} reads ${unknown}, which no selected line has`]),
    ];
  });

/** Lines that `failed-invocations` must select, one for each failed start and each failed invocation. */
export const failedLines = (logs: Logs): readonly string[] => {
  const query = LOG_QUERIES.find(({ name }) => name === "failed-invocations");
  return query === undefined ? [] : answerOf(query, logs).map((line) => String(line.get("@message")));
};
