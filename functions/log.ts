/** One structured record; never a payload, a key or a signed URL. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where log records go. `message` is a stable name that operators search for. */
export interface Log {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

/** Lambda's JSON log format turns these objects into records with level, time and request id. */
export const consoleLog: Log = {
  info: (message, fields) => console.info({ message, ...fields }),
  warn: (message, fields) => console.warn({ message, ...fields }),
  error: (message, fields) => console.error({ message, ...fields }),
};
