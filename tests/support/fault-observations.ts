import type { BatchObservation, PusherServer } from "@realtime-gateway/local";
import { labelOf } from "./fault-messages.ts";

/** The relay's log record of an invocation. */
export interface InvocationSummary {
  readonly published: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, number>>;
  readonly pusher_calls: number;
  readonly retries: number;
}

/** What Pusher has accepted: the labels of each channel, in order. */
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

/** Which messages the relay still owes a success, by its latest answer. */
export function createReceipts() {
  const open = new Set<string>();
  const closed = new Set<string>();
  let waiting: (() => void)[] = [];
  return {
    open,
    /** The relay may be quicker than SQS's answer to the sender. */
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
    /** Resolves once nothing is owed any more. */
    complete: (): Promise<void> =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
}

/** What a log line says, if it is the relay's record of this name. */
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
