import type { SQSRecord } from "aws-lambda";
import { createJournal } from "../../packages/local/src/control/journal.ts";
import { relayWith, type Setup } from "./relay-run.ts";

export interface JournalSetup extends Setup {
  /** False without a Pusher server on this machine: the journal sees no publications. */
  readonly isLocal?: boolean;
}

/**
 * A journal that observes a real relay on a fake clock: its messages, its log and its publications. Two subscribers are on each
 * channel.
 */
export function journalOf({ isLocal = true, config, answer, ...setup }: JournalSetup = {}) {
  const relay = relayWith({ ...setup, ...(answer && { answer }), config: { trace: true, ...config } });
  const journal = createJournal({
    config: { form: "private", maxPayloadBytes: 9000, validation: "tolerant", stamp: false, ...config },
    listenersOf: isLocal ? () => 2 : undefined,
    nowMs: relay.clock.nowMs,
  });
  let logged = 0;
  let called = 0;
  /** The relay gets these messages. The journal sees its publications and its log as in a stack. */
  async function invoke(records: readonly SQSRecord[]): Promise<void> {
    journal.invoked(records);
    const failed = await relay.invoke(records);
    const accepted = relay.calls.slice(called).flat();
    called = relay.calls.length;
    if (isLocal && failed.length === 0 && !config?.dryRun)
      for (const { channel, name: event, data } of accepted) journal.published({ channel, event, data });
    for (const { level: _, ...record } of relay.records.slice(logged)) journal.logged(record);
    logged = relay.records.length;
    journal.settled({ records });
  }
  return { journal, invoke, pass: relay.pass };
}
