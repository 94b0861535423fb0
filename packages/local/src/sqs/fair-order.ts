/** The work of a queue's consumers with some messages. */
export interface GroupLoad {
  readonly inFlight: number;
  /** From receive to deletion, and of messages in flight until now. */
  readonly processingMs: number;
}

export interface QueueLoad {
  /** Groups without messages may be missing. */
  readonly groups: ReadonlyMap<string, GroupLoad>;
  /** Of all messages, those without a group included. */
  readonly total: GroupLoad;
}

export interface GroupedMessage {
  readonly messageGroupId?: string | undefined;
}

/** Limits of AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html */
export const NOISY_SHARE = 0.1;
export const NOISY_IN_FLIGHT = 30;

/** A noisy group has more than a tenth of the messages in flight, 30 at least, or more than a tenth of the processing time. */
export function noisyGroups({ groups, total }: QueueLoad): ReadonlySet<string> {
  const isNoisy = ({ inFlight, processingMs }: GroupLoad): boolean =>
    (inFlight >= NOISY_IN_FLIGHT && inFlight > total.inFlight * NOISY_SHARE) ||
    processingMs > total.processingMs * NOISY_SHARE;
  return new Set([...groups].filter(([, load]) => isNoisy(load)).map(([group]) => group));
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
  const inFlight = (group: string): number => load.groups.get(group)?.inFlight ?? 0;
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
