/** Ours: enough for a bench run, small enough to forget about. */
const REMEMBERED_REQUESTS = 10_000;

export interface RecordedRequest {
  readonly method: string;
  /** Without the query string, which carries the signature. */
  readonly path: string;
  /** Undefined while it is unanswered, and for good when the connection was cut. */
  readonly status: number | undefined;
}

/** The HTTP API calls received, oldest first; the oldest are forgotten beyond a bound. */
export interface RequestLog {
  readonly entries: readonly RecordedRequest[];
  /** All calls since the start or the last `clear`, forgotten ones included. */
  readonly total: number;
  clear(): void;
}

export interface RequestRecorder extends RequestLog {
  /** Records a call; the function it returns records the status of its answer. */
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
