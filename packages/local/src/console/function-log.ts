import type { FunctionLog } from "./console.ts";

/** A line that a function wrote: a record of Lambda's JSON log format, or anything else; metrics are no log record. */
export function parseFunctionLog(functionName: string, line: string): FunctionLog | undefined {
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record === "object" && record !== null && "_aws" in record) return undefined;
    if (typeof record === "object" && record !== null && "level" in record && "message" in record)
      return { functionName, level: String(record.level), message: record.message };
  } catch {
    // A crash writes plain text.
  }
  return { functionName, level: "ERROR", message: line };
}
