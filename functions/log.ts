/** The fields of a log record. They never hold a payload, a key or a signed URL. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log records. `message` is a stable name, which operators search for. */
export interface Log {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

/** Lambda's JSON log format adds level, time and request id to these objects. */
export const consoleLog: Log = {
  info: (message, fields) => console.info({ message, ...fields }),
  warn: (message, fields) => console.warn({ message, ...fields }),
  error: (message, fields) => console.error({ message, ...fields }),
};
