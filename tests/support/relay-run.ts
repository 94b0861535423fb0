import type { SQSRecord } from "aws-lambda";
import type { SendDeadLetter } from "../../functions/relay/dead-letters.ts";
import { createRecentEvents } from "../../functions/relay/recent-events.ts";
import { createRelay, type RelayDeps } from "../../functions/relay/relay.ts";
import type { Summary } from "../../functions/relay/report.ts";
import { cloudEvent } from "./envelopes.ts";
import { fakeClock } from "./fake-clock.ts";
import { fakePublish, type PusherAnswer, slowly } from "./fake-publish.ts";
import { recordedLog } from "./recorded-log.ts";
import { sqsEvent } from "./sqs-record.ts";

export const relayConfig: RelayDeps["config"] = {
  form: "private",
  maxPayloadBytes: 9000,
  validation: "tolerant",
  stamp: false,
  conflate: true,
  logEvents: false,
  trace: false,
  dryRun: false,
  pusherTimeoutMs: 5000,
  maxEventAgeSeconds: undefined,
};

export interface Setup {
  readonly answer?: PusherAnswer;
  readonly config?: Partial<RelayDeps["config"]>;
  readonly sendDeadLetter?: SendDeadLetter;
  /** The time that Lambda reports as left. */
  readonly remainingMs?: number;
  /** The time that Pusher takes to answer each call. The call's timeout cuts it off, as in the real client. */
  readonly answerMs?: (call: number) => number;
  readonly random?: () => number;
}

export const NOW_MS = Date.parse("2026-03-02T09:00:00Z");

/** A relay with a fake Pusher, on a clock that moves only while the relay sleeps. */
export function relayWith(setup: Setup = {}) {
  const { answer, config, sendDeadLetter, remainingMs = 30_000, answerMs = () => 0, random = () => 1 } = setup;
  const { log, records } = recordedLog();
  const { publish, calls } = fakePublish(answer);
  const summaries: Summary[] = [];
  const sleeps: number[] = [];
  const clock = fakeClock(NOW_MS);
  const handler = createRelay({
    config: { ...relayConfig, ...config },
    publish: slowly(publish, answerMs, clock),
    sendDeadLetter,
    recent: createRecentEvents(clock.nowMs),
    emitMetrics: (summary) => summaries.push(summary),
    log,
    nowMs: clock.nowMs,
    sleep: (ms) => {
      sleeps.push(ms);
      return clock.sleep(ms);
    },
    random,
  });
  async function invoke(recordsOf: readonly SQSRecord[]): Promise<string[]> {
    const endMs = clock.nowMs() + remainingMs;
    const context = { getRemainingTimeInMillis: () => endMs - clock.nowMs() };
    const { batchItemFailures } = await clock.run(handler({ Records: [...recordsOf] }, context));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }
  /** Lets time pass between two invocations. */
  const pass = (ms: number): Promise<void> => clock.run(clock.sleep(ms));
  return { handler, invoke, calls, records, summaries, sleeps, clock, pass };
}

/** Runs one invocation with these messages (id → body). Returns the failed ids, the calls and the log. */
export async function relay(bodies: Readonly<Record<string, string>>, setup: Setup = {}) {
  const { invoke, calls, records } = relayWith(setup);
  const failed = await invoke(sqsEvent(bodies).Records);
  return { failed, calls, records: records.filter(({ message }) => message !== "relay_batch") };
}

/** A message of `audit.progress` about that audit; `more` is source text of further fields. */
export const progress = (id: string, more = ""): string =>
  cloudEvent(
    `{"audit_id":"${id}","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"${more}}`,
  );

export const channelsOf = (calls: readonly (readonly { readonly channel: string }[])[]): readonly string[][] =>
  calls.map((entries) => entries.map(({ channel }) => channel));
