import type { FunctionLog } from "./console.ts";

/** Reads a line of a function: a log record in Lambda's JSON format, or plain text. Returns nothing for metrics. */
export function parseFunctionLog(functionName: string, line: string): FunctionLog | undefined {
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record === "object" && record !== null && "_aws" in record) return undefined;
    if (typeof record === "object" && record !== null && "level" in record && "message" in record)
      return { functionName, level: String(record.level), message: record.message };
    if (typeof record === "object" && record !== null && "level" in record && "code" in record)
      return hint(functionName, record);
  } catch {
    // A crash writes plain text.
  }
  return { functionName, level: "ERROR", message: line };
}

/** A hint of the local stack: `{ level, code, detail }`. */
function hint(functionName: string, record: object): FunctionLog {
  const { level, ...message } = { level: "hint", ...record };
  return { functionName, level: String(level), message };
}
