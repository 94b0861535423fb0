import type { LogRecord } from "@realtime-gateway/operations/explain";

/** The log record in a line of the relay. `undefined`: a metric, or text of a crash. */
export function relayRecordIn(line: string): LogRecord | undefined {
  try {
    const { message } = Object(JSON.parse(line));
    return typeof message === "object" && message !== null ? { ...message } : undefined;
  } catch {
    return undefined;
  }
}

/** The stack itself asks the relay for these records. The developer sees them only on request. */
export const isTrace = ({ message }: LogRecord): boolean => message === "message_outcome";

/** The developer asks for the records of messages. */
export const wantsTrace = ({ REALTIME_LOG_EVENTS, REALTIME_TRACE }: Readonly<Record<string, string>>): boolean =>
  REALTIME_LOG_EVENTS === "1" || REALTIME_TRACE === "1";
