import { both, createGroup, type SettingGroup } from "./group.ts";
import { type MetricsSettings, metricsSettings } from "./metrics.ts";
import { type PusherSettings, pusherSettings } from "./pusher.ts";
import { flag, integer, oneOf, optional, queueUrl } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The settings of the function `relay`. */
export interface RelaySettings extends PusherSettings, EventSettings, MetricsSettings {}

/** How the relay treats events. */
interface EventSettings {
  /** `strict` rejects an event that does not match its schema. `tolerant` publishes it. */
  readonly validation: "tolerant" | "strict";
  /** A newer latest-wins event may replace an older one. */
  readonly conflate: boolean;
  /** `undefined`: the queue's own redrive dead-letters rejected messages. */
  readonly deadLetterQueueUrl: string | undefined;
  /** Each payload gets the member `_realtime` with the id and the time of its envelope. */
  readonly stamp: boolean;
  /** The relay writes a log record for each message. */
  readonly logEvents: boolean;
  /** The log records of messages also have what `explain` needs: reasons, sizes, and each call to Pusher. */
  readonly trace: boolean;
  /** The relay acknowledges older events without publishing them. */
  readonly maxEventAgeSeconds: number | undefined;
}

/** SQS keeps a message for fourteen days at most. */
const MAX_EVENT_AGE_SECONDS = 14 * 24 * 60 * 60;

const variables = {
  REALTIME_DLQ_URL: optional(queueUrl),
  REALTIME_VALIDATION: oneOf("tolerant", "strict"),
  REALTIME_CONFLATE: flag("1"),
  REALTIME_STAMP: flag("0"),
  REALTIME_LOG_EVENTS: flag("0"),
  REALTIME_TRACE: flag("0"),
  REALTIME_MAX_EVENT_AGE_SECONDS: optional(integer(1, MAX_EVENT_AGE_SECONDS)),
};

const eventSettings = createGroup(
  variables,
  (env): EventSettings => ({
    validation: env.REALTIME_VALIDATION,
    conflate: env.REALTIME_CONFLATE,
    stamp: env.REALTIME_STAMP,
    logEvents: env.REALTIME_LOG_EVENTS,
    trace: env.REALTIME_TRACE,
    deadLetterQueueUrl: env.REALTIME_DLQ_URL,
    maxEventAgeSeconds: env.REALTIME_MAX_EVENT_AGE_SECONDS,
  }),
);

export const relaySettings: SettingGroup<RelaySettings> = both(both(pusherSettings, eventSettings), metricsSettings);

export const eventDocs = (): DocsOf<typeof variables> => ({
  REALTIME_DLQ_URL: {
    meaning: "the dead-letter queue that receives rejected messages at once, with their reason",
    fallback: "none: the queue's own redrive takes them",
  },
  REALTIME_VALIDATION: {
    meaning:
      "`strict` rejects an event that does not match its schema; `tolerant` publishes it with a warning. Neither checks a payload above 32,768 characters",
    fallback: "`tolerant`",
  },
  REALTIME_CONFLATE: {
    meaning: "`0`: publish every latest-wins event, even if a newer one follows in the same batch",
    fallback: "`1`",
  },
  REALTIME_STAMP: {
    meaning:
      '`1`: add `"_realtime": { "id", "time" }` of the envelope to each payload, for pages that show payloads directly',
    fallback: "`0`",
  },
  REALTIME_LOG_EVENTS: {
    meaning:
      "`1`: the relay writes a `message_outcome` log record for each message, with its ids, channels, outcome and time",
    fallback: "`0`",
  },
  REALTIME_TRACE: {
    meaning:
      "`1`: the relay writes the `message_outcome` log records, each with a `trace` for `npm run explain`: why these channels, sizes, each call to Pusher. Never a payload",
    fallback: "`0`",
  },
  REALTIME_MAX_EVENT_AGE_SECONDS: {
    meaning: `events whose \`time\` is older are acknowledged unpublished; 1 to ${MAX_EVENT_AGE_SECONDS}`,
    fallback: "off",
  },
});
