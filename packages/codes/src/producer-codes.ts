import type { CodeDoc } from "./code-doc.ts";

interface ProducerFailureDoc extends CodeDoc {
  /** True if the same event may be sent later without a change. */
  readonly isRetryable: boolean;
}

/** Why a producer did not send an event. */
export const PRODUCER_FAILURES = {
  invalid: {
    isRetryable: false,
    meaning:
      "the event does not match its schema, has no id that the gateway can route by, cannot be written as JSON, or has more than ten attributes",
    action: "correct what `detail` names",
  },
  too_large: {
    isRetryable: false,
    meaning: "the message is larger than 1 MiB with its attributes, the limit of SQS",
    action: "send ids and counts, and let browsers read the rest over REST",
  },
  refused: {
    isRetryable: false,
    meaning: "SQS does not accept the message: credentials, permissions, the queue's name, or the message itself",
    action: "read the answer of SQS in `detail`; check the credentials, `sqs:SendMessage` and the queue's URL",
  },
  throttled: {
    isRetryable: true,
    meaning: "SQS asked for fewer requests, and retries did not help",
    action: "send again later; lower `concurrency`",
  },
  unreachable: {
    isRetryable: true,
    meaning:
      "SQS did not answer, or answered that it failed, and retries did not help. The message may be in the queue",
    action: "send the event again with its id: the gateway recognizes duplicates",
  },
  aborted: {
    isRetryable: true,
    meaning:
      "the caller's signal aborted, or the buffer is closed. A message whose request was running may be in the queue",
    action: "nothing, or send the event again with its id",
  },
} as const satisfies Readonly<Record<string, ProducerFailureDoc>>;

export type ProducerCode = keyof typeof PRODUCER_FAILURES;
