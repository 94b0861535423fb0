/** The work of a queue's consumers now. Groups without any may be missing. */
export interface QueueLoad {
  /** The number of messages in flight of each group. */
  readonly inFlight: ReadonlyMap<string, number>;
  /** Those of all messages, with or without a group. */
  readonly totalInFlight: number;
  /** The time of each group's messages in flight, until now. */
  readonly processingMs: ReadonlyMap<string, number>;
  readonly totalProcessingMs: number;
}

export interface GroupedMessage {
  readonly messageGroupId?: string | undefined;
}

/** Limits of AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html */
export const NOISY_SHARE = 0.1;
export const NOISY_IN_FLIGHT = 30;

/** A noisy group has more than a tenth of the messages in flight, 30 at least, or more than a tenth of the processing time. */
export function noisyGroups(load: QueueLoad): ReadonlySet<string> {
  const noisy = new Set<string>();
  for (const [group, count] of load.inFlight)
    if (count >= NOISY_IN_FLIGHT && count > load.totalInFlight * NOISY_SHARE) noisy.add(group);
  for (const [group, ms] of load.processingMs) if (ms > load.totalProcessingMs * NOISY_SHARE) noisy.add(group);
  return noisy;
}

/**
 * The messages that the next receive returns, as AWS's fair queues choose them. Quiet groups come first, the oldest message before
 * the others. Of several noisy groups, the one with the fewest messages in flight comes first. A message without a group is quiet.
 */
export function nextMessages<Message extends GroupedMessage>(
  waiting: readonly Message[],
  count: number,
  load: QueueLoad,
): readonly Message[] {
  const noisy = noisyGroups(load);
  if (noisy.size === 0) return waiting.slice(0, count);
  const quiet: Message[] = [];
  const backlogs = new Map<string, Message[]>();
  for (const message of waiting) {
    if (quiet.length === count) break;
    const { messageGroupId: group } = message;
    if (group === undefined || !noisy.has(group)) quiet.push(message);
    else append(backlogs, group, message, count);
  }
  const inFlight = (group: string): number => load.inFlight.get(group) ?? 0;
  return [...quiet, ...takeTurns(backlogs, count - quiet.length, inFlight)];
}

/** Each message goes to the group that then has the fewest in flight. */
function takeTurns<Message>(
  backlogs: ReadonlyMap<string, readonly Message[]>,
  count: number,
  inFlight: (group: string) => number,
): readonly Message[] {
  const turns = [...backlogs].flatMap(([group, messages]) =>
    messages.map((message, index) => ({ message, inFlight: inFlight(group) + index })),
  );
  return turns
    .sort((a, b) => a.inFlight - b.inFlight)
    .slice(0, count)
    .map(({ message }) => message);
}

/** One receive never needs more than `limit` messages of a group. */
function append<Message>(backlogs: Map<string, Message[]>, group: string, message: Message, limit: number): void {
  const messages = backlogs.get(group) ?? [];
  if (messages.length < limit) messages.push(message);
  backlogs.set(group, messages);
}
