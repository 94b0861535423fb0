import type { Log, LogFields } from "../../functions/log.ts";

export interface LogRecord extends LogFields {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
}

/** A log that keeps its log records for the test. */
export function recordedLog(): { readonly log: Log; readonly records: readonly LogRecord[] } {
  const records: LogRecord[] = [];
  const record = (level: LogRecord["level"]) => (message: string, fields: LogFields) => {
    records.push({ ...fields, level, message });
  };
  return { log: { info: record("info"), warn: record("warn"), error: record("error") }, records };
}
