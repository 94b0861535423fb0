import type { FunctionLog } from "./console.ts";

/** Log records of the relay about one event. */
const HAS_ROW = new Set(["payload_truncated", "dry_run"]);

/** A log record as one line. `undefined` for a log record whose event has a row already. */
export function logText({ functionName, level, message }: FunctionLog): string | undefined {
  if (typeof message !== "object" || message === null) return `${functionName}: ${String(message)}`;
  if (level === "hint") return hintText(message);
  const { message: name, ...fields } = { message: "", ...message };
  if (level === "INFO" && name !== "dry_run") return undefined;
  if (functionName === "relay" && HAS_ROW.has(name)) return undefined;
  const shown = Object.entries(fields).map(
    ([field, value]) => `${field}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return `${functionName}: ${[name, ...shown].join(" ")}`;
}

/** A hint is a sentence for the developer. Its code is for searching. */
function hintText(hint: object): string {
  const { code, detail, ...others } = { code: "hint", detail: "", ...hint };
  const more = Object.entries(others).map(([field, value]) => `${field}=${JSON.stringify(value)}`);
  return `hint: ${[detail, `(${code})`, ...more].join(" ").trim()}`;
}
