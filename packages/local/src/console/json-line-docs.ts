interface JsonLineDoc {
  readonly meaning: string;
  /** The members beside `type` and `time`. */
  readonly members: string;
}

/** Every line of `npm start -- --json`, for docs/local.md. */
export const JSON_LINES = {
  ready: {
    meaning: "the first line: every address, and the variables for another service",
    members:
      "`ready`, `http`, `sqs`, `queueUrl`, `deadLetterQueueUrl`, `channels`, `variables`. `pusher` has `host`, `port`, `appId`, `key`, and the `secret` of a local app. `urls` has `api`, `auth`, `userAuth`, `test`, `webhook`, `health`, `events`, `webSocket`. `auth` has `mode` and `who`",
  },
  skipped: { meaning: "a part that the demo cannot play", members: "`detail`" },
  subscribed: { meaning: "a subscriber of the demo listens", members: "`subscriber`, `channels`" },
  event: {
    meaning: "one event and its fate, as in the table of fates",
    members:
      "`from` (`demo`, `queue` or `http`), `event`, `fate`, `channels` (each with `name` and `listeners`), `id` of the envelope, `messageId` of SQS, `bytes`, `ms`, `code` of a rejected message, `onPurpose`",
  },
  log: { meaning: "a log record of a function, or a hint", members: "`functionName`, `level`, `message`" },
  request: { meaning: "a request to the HTTP API", members: "`method`, `path`, `status`, `ms`, `error`" },
  waiting: { meaning: "no demo runs, and the gateway is ready for your events", members: "none" },
  rebuilt: { meaning: "`npm run dev` has replaced a function", members: "`functionName`, `ms`, `error`" },
  summary: {
    meaning: "the last line: what became of all events",
    members:
      "`ownEvents` by fate; after the demo also `ok`, `events`, `fates`, `expected`, `arrived`, `duplicates`, `unexpected`, `missing`, `truncated`, `deadLettered`, `p50Ms`, `p99Ms`",
  },
} as const satisfies Readonly<Record<string, JsonLineDoc>>;

export type JsonLineType = keyof typeof JSON_LINES;
