import { BUG_RECEIVES } from "../../functions/queue-rules.ts";
import type { Alarm } from "./alarm.ts";
import { AT_ONCE, COUNT, counted, EACH_FIVE_MINUTES, EACH_MINUTE, LASTING, lambda, sqs } from "./alarm-parts.ts";
import { durationText } from "./duration-text.ts";
import { DEAD_LETTERED } from "./log-metrics.ts";
import type { QueueTimes } from "./queue-times.ts";
import { deletionText, queueDeletionText, retriesText } from "./retry-texts.ts";

/** A message that fails once is older than the visibility timeout, three minutes. That alone triggers no alarm. */
const OLDEST_MESSAGE_SECONDS = 300;

export const queueAlarms = (times: QueueTimes): readonly Alarm[] => [
  {
    id: "DeadLetters",
    metric: sqs("ApproximateNumberOfMessagesVisible", "deadLetterQueue"),
    // SQS hides the messages that `npm run dlq` reads. Without these, the alarm would end while an operator lists them.
    plus: [sqs("ApproximateNumberOfMessagesNotVisible", "deadLetterQueue")],
    statistic: "Maximum",
    unit: "messages",
    threshold: 0,
    ...EACH_MINUTE,
    ...AT_ONCE,
    keepsState: true,
    meaning:
      "there are messages in the dead-letter queue; their events were not published. After a quiet time, SQS sends this metric up to 15 minutes late",
    action: `list them with \`npm run dlq -- list\`, find the cause by their code, then redrive or drop them. ${deletionText(times)}`,
    section: "dead-letters",
  },
  {
    id: "NewDeadLetters",
    metric: counted(DEAD_LETTERED),
    ...COUNT,
    threshold: 0,
    ...EACH_MINUTE,
    ...AT_ONCE,
    meaning: `the relay moved messages to the dead-letter queue in this minute: it rejected them, or a bug failed them ${BUG_RECEIVES} times. Messages that SQS moves itself count in \`DeadLetters\` alone`,
    action: `look at \`code\` and \`detail\` of the \`message_dead_lettered\` log records of the relay, then redrive or drop the messages. ${deletionText(times)}`,
    section: "dead-letters",
  },
  {
    id: "OldestMessage",
    metric: sqs("ApproximateAgeOfOldestMessage", "queue"),
    statistic: "Maximum",
    unit: "s",
    threshold: OLDEST_MESSAGE_SECONDS,
    ...EACH_MINUTE,
    ...LASTING,
    meaning:
      "messages remain in the queue; viewers see old states. SQS leaves out messages that it returned three times, so the alarm can end while the relay still retries them",
    action: `look for \`messages_kept\` in the relay's log and at Pusher's status page; if there are only too many messages, raise \`GATEWAY_MAX_CONCURRENCY\`. ${queueDeletionText}`,
    section: "when-something-is-wrong",
  },
];

/**
 * A group is noisy while it takes a large share of the relays: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
export const quietGroupsAlarm: Alarm = {
  id: "OldestQuietMessage",
  metric: sqs("ApproximateAgeOfOldestMessageInQuietGroups", "queue"),
  statistic: "Maximum",
  unit: "s",
  threshold: OLDEST_MESSAGE_SECONDS,
  ...EACH_MINUTE,
  ...LASTING,
  meaning:
    "messages remain in the queue whose groups have no large share of the relays, such as one audit's; many viewers see old states. While only `OldestMessage` is on, the backlog belongs to a few large groups. SQS sends this metric for messages with a `MessageGroupId`",
  action: `follow \`OldestMessage\`. If \`ApproximateNumberOfNoisyGroups\` is above 0, a producer sends more than the relays publish: raise \`GATEWAY_MAX_CONCURRENCY\`. ${queueDeletionText}`,
  section: "when-something-is-wrong",
};

export const invocationAlarms = (times: QueueTimes): readonly Alarm[] => [
  {
    id: "RelayErrors",
    metric: lambda("Errors", "relay"),
    ...COUNT,
    threshold: 0,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning: `an invocation of the relay threw, ran out of time or did not start; its messages are retried after ${durationText(times.visibilityTimeoutSeconds)}`,
    action: `read the relay's log: a message about the environment names the variables, anything else is a bug. ${retriesText(times)}`,
    section: "log-records",
  },
  {
    id: "RelayThrottles",
    metric: lambda("Throttles", "relay"),
    ...COUNT,
    threshold: 0,
    ...EACH_FIVE_MINUTES,
    ...LASTING,
    meaning: "Lambda starts fewer relays than `GATEWAY_MAX_CONCURRENCY` allows; each throttle counts as a receive",
    action: `raise the account's Lambda concurrency, or lower \`GATEWAY_MAX_CONCURRENCY\`. ${retriesText(times)}`,
    section: "when-something-is-wrong",
  },
];
