import type { BatchObservation, PusherServer } from "@realtime-gateway/local";
import { labelOf } from "./fault-messages.ts";

/** The relay's log record of an invocation. */
export interface InvocationSummary {
  readonly received: number;
  readonly published: number;
  readonly conflated: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, number>>;
  readonly pusher_calls: number;
  readonly retries: number;
}

/** The labels of the events that Pusher accepted, by channel and in order. */
export function createPublications() {
  const byChannel: Record<string, string[]> = {};
  const waiting: { readonly label: string; resolve(): void }[] = [];
  return {
    byChannel,
    watch(server: PusherServer): void {
      server.onPublish(({ channel, data }) => {
        const label = labelOf(data);
        byChannel[channel] = [...(byChannel[channel] ?? []), label];
        for (const waiter of waiting) if (waiter.label === label) waiter.resolve();
      });
    },
    /** Resolves with the next publication of this label. */
    of(label: string): Promise<void> {
      return new Promise((resolve) => waiting.push({ label, resolve }));
    },
  };
}

/** The messages that the relay has not acknowledged yet. */
export function createReceipts() {
  const open = new Set<string>();
  const closed = new Set<string>();
  let waiting: (() => void)[] = [];
  return {
    open,
    /** The relay may acknowledge a message before the sender gets SQS's answer. */
    sent(messageId: string): void {
      if (!closed.has(messageId)) open.add(messageId);
    },
    record({ records, failed }: BatchObservation): void {
      for (const { messageId } of records) {
        if (failed.has(messageId)) continue;
        open.delete(messageId);
        closed.add(messageId);
      }
      if (open.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    /** Resolves once every message is acknowledged. */
    complete: (): Promise<void> =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
}

/** The message of a log record, if it has this name. */
export function recordOf(line: string, name: string): unknown {
  if (!line.includes(`"message":"${name}"`)) return undefined;
  const { message }: { message: unknown } = JSON.parse(line);
  return message;
}

export function summaryOf(line: string): InvocationSummary | undefined {
  if (recordOf(line, "relay_batch") === undefined) return undefined;
  const { message }: { message: InvocationSummary } = JSON.parse(line);
  return message;
}
