import type { RejectionCode } from "@realtime-gateway/codes";
import { conflate, type Message, plan } from "@realtime-gateway/routing";
import type { SQSRecord } from "aws-lambda";
import type { AttemptDeps } from "../../../../functions/relay/attempts.ts";
import { deliver } from "../../../../functions/relay/deliver.ts";
import { failed, type Outcome } from "../../../../functions/relay/outcome.ts";
import { prepare } from "../../../../functions/relay/prepare.ts";
import { groupOf } from "../../../../functions/relay/record.ts";
import { blockGroups, settle } from "../../../../functions/relay/settle.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { relayConfig } from "../../../support/relay-run.ts";

/** The parts of the relay that a variant may get wrong. */
export interface RelayParts {
  readonly plan: typeof plan;
  readonly conflate: typeof conflate;
  readonly settle: typeof settle;
  /** What is told of one that newer ones replace, by what became of the newest. */
  replaced(newest: Outcome | undefined): Outcome;
  /** Whether the refusal of a message in a FIFO group that stands for others ends its lane. */
  readonly bringsBack: boolean;
  /** The code that a letter carries. */
  codeOf(code: string): string | undefined;
}

export const SOUND: RelayParts = {
  plan,
  conflate,
  settle,
  replaced: (newest) => (newest?.kind === "failed" ? newest : { kind: "conflated" }),
  bringsBack: true,
  codeOf: (code) => code,
};

export interface RehearsedDeps extends AttemptDeps {
  readonly maxAgeMs: number;
  readonly startMs: number;
  bury(body: string, code: string | undefined): void;
}

interface Queued {
  readonly position: number;
  readonly message: Message;
}

type Outcomes = (Outcome | undefined)[];
type Bury = (position: number, code: RejectionCode) => void;

/**
 * The relay's own parts, put together in the plainest way there is, so that one of them can be exchanged for a broken one.
 * Resolves with the ids of the records that stay.
 */
export async function rehearsedRelay(
  records: readonly SQSRecord[],
  parts: RelayParts,
  deps: RehearsedDeps,
): Promise<ReadonlySet<string>> {
  const outcomes: Outcomes = records.map(() => undefined);
  const bury: Bury = (position, code) => {
    deps.bury(records[position]?.body ?? "", parts.codeOf(code));
    outcomes[position] = { kind: "dead_lettered", code };
  };
  await publish(read(records, outcomes, bury, deps), outcomes, bury, parts, deps);
  blockGroups(records, outcomes);
  return new Set(parts.settle(records, outcomes).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
}

function read(records: readonly SQSRecord[], outcomes: Outcomes, bury: Bury, deps: RehearsedDeps): readonly Queued[] {
  const queued: Queued[] = [];
  for (const [position, record] of records.entries()) {
    const prepared = prepare(record.body, relayConfig, recordedLog().log);
    if (!prepared.ok) bury(position, prepared.code);
    else if (deps.startMs - (prepared.value.message.timeMs ?? deps.startMs) > deps.maxAgeMs)
      outcomes[position] = { kind: "expired" };
    else queued.push({ position, message: inGroup(prepared.value.message, groupOf(record)) });
  }
  return queued;
}

async function publish(
  queued: readonly Queued[],
  outcomes: Outcomes,
  bury: Bury,
  parts: RelayParts,
  deps: RehearsedDeps,
): Promise<void> {
  const replacedBy = parts.conflate(queued.map(({ message }) => message));
  const kept = queued.filter((_, index) => !replacedBy.has(index));
  const standIns = new Set([...replacedBy.values()].map((newest) => queued[newest]));
  const bringsBack = (index: number): boolean =>
    parts.bringsBack && standIns.has(kept[index]) && kept[index]?.message.group !== undefined;
  const { failures } = await deliver(parts.plan(kept.map(({ message }) => message)), deps, bringsBack);
  for (const [index, { position }] of kept.entries()) {
    const failure = failures.get(index);
    if (failure?.code === "rejected_by_pusher") bury(position, failure.code);
    else outcomes[position] = failure ?? { kind: "published" };
  }
  for (const [index, newest] of replacedBy) {
    const outcome = outcomes[queued[newest]?.position ?? -1];
    outcomes[queued[index]?.position ?? -1] =
      outcome?.kind === "dead_lettered" ? failed("rejected_by_pusher", "the newer one was") : parts.replaced(outcome);
  }
}

const inGroup = (message: Message, group: string | undefined): Message =>
  group === undefined ? message : { ...message, group };
