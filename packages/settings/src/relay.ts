import { both, createGroup, type SettingGroup } from "./group.ts";
import { type MetricsSettings, metricsSettings } from "./metrics.ts";
import { type PusherSettings, pusherSettings } from "./pusher.ts";
import { flag, integer, oneOf, optional, queueUrl } from "./setting.ts";

/** What the relay reads. */
export interface RelaySettings extends PusherSettings, EventSettings, MetricsSettings {}

/** How the relay treats events. */
interface EventSettings {
  /** Whether an event that drifted from its schema is delivered. */
  readonly validation: "tolerant" | "strict";
  /** Whether a latest-wins event may take the place of an older one. */
  readonly conflate: boolean;
  /** Where permanent failures go at once; not set, the queue's own redrive takes them. */
  readonly deadLetterQueueUrl: string | undefined;
  /** Older events are acknowledged unpublished. */
  readonly maxEventAgeSeconds: number | undefined;
}

/** SQS keeps a message for fourteen days at the most. */
const MAX_EVENT_AGE_SECONDS = 14 * 24 * 60 * 60;

const variables = {
  REALTIME_DLQ_URL: optional(queueUrl),
  REALTIME_VALIDATION: oneOf("tolerant", "strict"),
  REALTIME_CONFLATE: flag("1"),
  REALTIME_MAX_EVENT_AGE_SECONDS: optional(integer(1, MAX_EVENT_AGE_SECONDS)),
};

const eventSettings = createGroup(
  variables,
  (env): EventSettings => ({
    validation: env.REALTIME_VALIDATION,
    conflate: env.REALTIME_CONFLATE,
    deadLetterQueueUrl: env.REALTIME_DLQ_URL,
    maxEventAgeSeconds: env.REALTIME_MAX_EVENT_AGE_SECONDS,
  }),
);

export const relaySettings: SettingGroup<RelaySettings> = both(both(pusherSettings, eventSettings), metricsSettings);
