import type { CodeTable } from "./code-doc.ts";
import { FAILURES, REJECTIONS } from "./relay-codes.ts";

/** The code of a dead letter without a reason, in the list of `npm run dlq` and in `--code=-`. */
export const NO_CODE = "-";

/** The codes with which the relay itself dead-letters a message: it rejects the message, or a bug fails it at each receive. */
export const RELAY_DEAD_LETTER_CODES = {
  ...REJECTIONS,
  internal_error: {
    meaning: FAILURES.internal_error.meaning,
    action: `${FAILURES.internal_error.action}; redrive the message when the bug is corrected`,
  },
} as const satisfies CodeTable;

/** Every code that a dead letter can have. */
export const DEAD_LETTER_CODES = {
  ...RELAY_DEAD_LETTER_CODES,
  [NO_CODE]: {
    meaning:
      "there is no reason: SQS itself moved the message after too many receives, or the message had no room for a reason",
    action: "look in the relay's log for the code of its failures; redrive it when the cause is gone",
  },
} as const satisfies CodeTable;

export type DeadLetterCode = keyof typeof DEAD_LETTER_CODES;
