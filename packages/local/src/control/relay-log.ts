import type { RelayRecord } from "@realtime-gateway/operations/explain";

/** The log record in a line of the relay. `undefined`: a metric, or text of a crash. */
export function relayRecordIn(line: string): RelayRecord | undefined {
  try {
    const { message } = Object(JSON.parse(line));
    return typeof message === "object" && message !== null ? { ...message } : undefined;
  } catch {
    return undefined;
  }
}

/** The stack itself turns on these log records. The developer sees them only on request. */
export const isTrace = ({ message }: RelayRecord): boolean => message === "message_outcome";

/** The developer has turned on the log records of messages. */
export const wantsTrace = ({ REALTIME_LOG_EVENTS, REALTIME_TRACE }: Readonly<Record<string, string>>): boolean =>
  REALTIME_LOG_EVENTS === "1" || REALTIME_TRACE === "1";
