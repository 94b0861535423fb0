/** Our choice: enough for a run of the bench, and only a few megabytes. */
const REMEMBERED_REQUESTS = 10_000;

export interface RecordedRequest {
  readonly method: string;
  /** The path without the query string, because the query holds the signature. */
  readonly path: string;
  /** Undefined until the answer is sent, and forever if the connection is reset first. */
  readonly status: number | undefined;
}

/** The calls to the HTTP API, oldest first. The log keeps the last 10,000. */
export interface RequestLog {
  readonly entries: readonly RecordedRequest[];
  /** The number of all calls since the start or the last `clear`, also of those that the log dropped. */
  readonly total: number;
  clear(): void;
}

export interface RequestRecorder extends RequestLog {
  /** Adds a call to the log. The returned function adds the status of its answer. */
  record(method: string, path: string): (status: number) => void;
}

export function createRequestRecorder(): RequestRecorder {
  let entries: { method: string; path: string; status: number | undefined }[] = [];
  let total = 0;
  return {
    get entries() {
      return entries;
    },
    get total() {
      return total;
    },
    clear() {
      entries = [];
      total = 0;
    },
    record(method, path) {
      const entry: (typeof entries)[number] = { method, path, status: undefined };
      total += 1;
      entries.push(entry);
      if (entries.length > REMEMBERED_REQUESTS) entries.shift();
      return (status) => {
        entry.status = status;
      };
    },
  };
}
