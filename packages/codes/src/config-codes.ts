import type { CodeTable } from "./code-doc.ts";

/** Why a function does not start, or does not begin its work. */
export const CONFIG_FAILURES = {
  invalid_config: {
    meaning: "variables of the environment are missing, malformed or contradict each other",
    action: "correct the variables that the message names",
  },
  not_an_sqs_batch: {
    meaning: "the relay was invoked with an event that is no batch of SQS messages",
    action: "connect the relay to a queue with an event source mapping or a pipe; remove the other trigger",
  },
} as const satisfies CodeTable;

export type ConfigCode = keyof typeof CONFIG_FAILURES;
