import type { CloudEvent } from "../cloud-event.ts";
import type { OutgoingMessage } from "../prepare.ts";
import type { ProducerCode } from "../producer-error.ts";
import type { AttemptOutcome, QueueTransport } from "../transport.ts";

/** An event that a test producer sent. */
export interface RecordedEvent<Name extends string = string, Data = unknown> extends CloudEvent<Name, Data> {
  /** The `MessageGroupId` that SQS would get. */
  readonly group: string | undefined;
}

interface Waiter {
  readonly matches: (event: RecordedEvent) => boolean;
  readonly resolve: (event: RecordedEvent) => void;
}

const RETRYABLE: readonly ProducerCode[] = ["throttled", "unreachable", "aborted"];

/** A queue in memory that can fail on demand. */
export function createRecordedQueue() {
  const events: RecordedEvent[] = [];
  const waiters = new Set<Waiter>();
  const failures: ProducerCode[] = [];

  function accept({ id, body, group }: OutgoingMessage): AttemptOutcome {
    const code = failures.shift();
    if (code !== undefined)
      return { ok: false, code, retryable: RETRYABLE.includes(code), detail: `failNext("${code}")` };
    const sent: CloudEvent = JSON.parse(body);
    const event = { ...sent, group };
    events.push(event);
    for (const waiter of [...waiters].filter(({ matches }) => matches(event))) waiter.resolve(event);
    return { ok: true, messageId: `message-${id}` };
  }

  const transport: QueueTransport = async (messages) => messages.map(accept);
  return {
    transport,
    events,
    fail(code: ProducerCode, times: number): void {
      failures.push(...Array.from({ length: times }, () => code));
    },
    clear(): void {
      events.length = 0;
      failures.length = 0;
    },
    /** Looks back, then forward. Rejects after the time, and lists what was sent. */
    waitFor(matches: (event: RecordedEvent) => boolean, timeoutMs: number): Promise<RecordedEvent> {
      const found = events.find(matches);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer);
          waiters.delete(waiter);
        };
        const waiter: Waiter = {
          matches,
          resolve: (event) => {
            end();
            resolve(event);
          },
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`no such event within ${timeoutMs} ms; ${listOf(events)}`));
        }, timeoutMs);
        waiters.add(waiter);
      });
    },
  };
}

const MAX_LISTED = 10;

function listOf(events: readonly RecordedEvent[]): string {
  if (events.length === 0) return "nothing was sent";
  const last = events.slice(-MAX_LISTED).map(({ type, data }) => `\n  ${type} ${JSON.stringify(data)}`);
  return `sent, ${events.length} in all:${last.join("")}`;
}
