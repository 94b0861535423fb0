import { type Call, conflate, plan as planCalls } from "@realtime-gateway/routing";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import type { Publish } from "../publisher.ts";
import { type Budget, budgetOf, type InvocationContext } from "./budget.ts";
import {
  type DeadLetterDeps,
  deadLetter,
  isLastBugReceive,
  rejectedByPusher,
  rejectedByRelay,
  stoppedByBug,
} from "./dead-letters.ts";
import { failed, groupOf, type ReadyMessage, type RejectedMessage, type RelayMessage } from "./message.ts";
import { createMessageLog } from "./message-log.ts";
import type { EmitMetrics } from "./metrics.ts";
import { type Published, publish } from "./publish.ts";
import { decode, guard, type ReadConfig, route } from "./read.ts";
import type { RecentEvents } from "./recent-events.ts";
import { recordsOf } from "./records.ts";
import { logFailures, logReading, messageIdsOf, type Summary, summarize } from "./report.ts";
import { blockGroups, setOutcomes, settle } from "./settle.ts";
import { markUnneeded, type UnneededDeps } from "./unneeded.ts";

export interface RelayDeps extends DeadLetterDeps, UnneededDeps {
  readonly config: ReadConfig &
    Pick<RelaySettings, "maxEventAgeSeconds" | "conflate" | "logEvents" | "trace" | "dryRun" | "pusherTimeoutMs">;
  readonly publish: Publish;
  readonly emitMetrics: EmitMetrics;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 to 1 */
  readonly random: () => number;
}

/** A domain event is decoded, routed, guarded, planned, published and settled. */
export const createRelay =
  (deps: RelayDeps) =>
  async (event: unknown, context?: InvocationContext): Promise<SQSBatchResponse> => {
    const { config, log, nowMs } = deps;
    const records = recordsOf(event);
    const budget = budgetOf(context, nowMs());

    const messages = records.map((record) =>
      isolateBug(record, () => {
        const decoded = decode(record);
        const routed = route(decoded, config);
        return guard(routed, config);
      }),
    );
    logReading(messages, config.maxPayloadBytes, log);
    markUnneeded(messages, deps);

    const isFifo = records.some((record) => groupOf(record) !== undefined);
    const hopeless = [...rejectedByRelay(messages), ...stoppedByBug(messages)];
    const deadLettering = deadLetter(hopeless, deps, isFifo ? halfTimeMs(budget) : budget.endMs);
    // On a FIFO queue, a message that could not be dead-lettered blocks its group before anything of it is published.
    if (isFifo) await deadLettering;
    blockGroups(messages);

    const calls = plan(messages, config);
    const messageLog = config.logEvents || config.trace ? createMessageLog(calls, deps, budget.startMs) : undefined;
    const publishing = publish(calls, publishDeps({ ...deps, ...messageLog }, budget), holdsLaneIfRejected).catch(
      (bug: unknown) => failAfterBug(bug, messages, deps),
    );
    // Both end before a bug in one of them is thrown: Lambda would freeze the other.
    await Promise.allSettled([publishing, deadLettering]);
    const published = await publishing;
    setOutcomes(messages, published.failures);
    const ready = messages.filter(({ kind }) => kind === "ready");
    await deadLetter([...rejectedByPusher(ready), ...stoppedByBug(ready)], deps, budget.endMs);
    remember(messages, deps.recent);
    blockGroups(messages);

    messageLog?.write(messages);
    report(summarize(messages, published, Math.round(nowMs() - budget.startMs)), messages, deps);
    return settle(messages);
  };

/** A bug that one message triggers must not fail the whole batch. This message is retried later. */
function isolateBug(record: SQSRecord, read: () => ReadyMessage | RejectedMessage): RelayMessage {
  try {
    return read();
  } catch (bug) {
    const error = bug instanceof Error ? bug.name : "unknown";
    return { kind: "broken", record, group: groupOf(record), error, outcome: failed("internal_error", error) };
  }
}

/**
 * A bug while publishing fails the invocation, and Lambda reports it. It must not stop a message for ever: at the last receive
 * for a bug, the open messages fail instead, so that the ones received often enough are dead-lettered.
 */
function failAfterBug(bug: unknown, messages: readonly RelayMessage[], { log }: RelayDeps): Published<ReadyMessage> {
  const open = messages.filter(isOpen);
  if (!open.some(({ record }) => isLastBugReceive(record))) throw bug;
  const error = bug instanceof Error ? bug.name : "unknown";
  log.error("internal_error", { error, messages: open.length });
  for (const message of open) message.outcome = failed("internal_error", error);
  return { failures: new Map(), calls: 0, retries: 0 };
}

/** Leaves the other half for the messages that can be published. */
const halfTimeMs = ({ startMs, deadlineMs }: Budget): number => Math.floor((startMs + deadlineMs) / 2);

/** Plans the messages that have no outcome yet. A message that a newer one replaces is left out. */
function plan(
  messages: readonly RelayMessage[],
  config: Pick<RelaySettings, "conflate">,
): readonly Call<ReadyMessage>[] {
  const open = messages.filter(isOpen);
  for (const [older, newest] of config.conflate ? conflate(open) : []) {
    older.replacedBy = newest;
    newest.replacesOlder = true;
  }
  return planCalls(open.filter(({ replacedBy }) => replacedBy === undefined));
}

const isOpen = (message: RelayMessage): message is ReadyMessage =>
  message.kind === "ready" && message.outcome === undefined && message.duplicateOf === undefined;

/** On a FIFO queue, the older messages that a rejected one replaced are retried later. Nothing may overtake them. */
const holdsLaneIfRejected = ({ group, replacesOlder }: ReadyMessage): boolean => group !== undefined && replacesOlder;

const publishDeps = (deps: RelayDeps, { deadlineMs }: Budget) => ({
  publish: deps.publish,
  nowMs: deps.nowMs,
  sleep: deps.sleep,
  random: deps.random,
  timeoutMs: deps.config.pusherTimeoutMs,
  deadlineMs,
});

/** A published event is a duplicate from now on. */
function remember(messages: readonly RelayMessage[], recent: RecentEvents): void {
  for (const message of messages)
    if (message.kind === "ready" && message.outcome?.kind === "published" && message.key) recent.add(message.key);
}

function report(summary: Summary, messages: readonly RelayMessage[], { log, emitMetrics }: RelayDeps): void {
  logFailures(messages, log);
  log.info("relay_batch", { ...summary, message_ids: messageIdsOf(messages) });
  emitMetrics(summary);
}
