import { format } from "node:util";
import { describeError } from "./describe-error.ts";

const LEVELS = { trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR" } as const;

interface JsonConsoleDeps {
  readonly console: Console;
  requestId(): string | undefined;
  write(line: string): void;
}

/** Lambda's JSON log format, one log record a line: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
export function installJsonConsole({ console, requestId, write }: JsonConsoleDeps): void {
  for (const method of ["trace", "debug", "log", "info", "warn", "error"] as const) {
    console[method] = (...args: unknown[]) => {
      const record = { timestamp: new Date().toISOString(), level: LEVELS[method], requestId: requestId() };
      write(`${encode({ ...record, message: message(args) })}\n`);
    };
  }
}

/** A single value remains an object, so that a search can use its fields. */
function message(args: readonly unknown[]): unknown {
  return args.length === 1 ? args[0] : format(...args);
}

/** A log call must not throw. Values that JSON does not support (cycles, big integers) are printed as Node does. */
function encode(record: { readonly message: unknown }): string {
  try {
    return JSON.stringify(record, describeErrors);
  } catch {
    return JSON.stringify({ ...record, message: format(record.message) });
  }
}

/** In a log record, `errorType` is the name of the class. In the answer of an invocation, it is the name of the error. */
function describeErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...describeError(value), errorType: value.constructor.name, ...value } : value;
}
