import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { WebhookEvent } from "./webhook.ts";

/** Where the figures of a webhook go. */
export type CountEvents = (events: readonly WebhookEvent[]) => void;

/** What Pusher tells of today. A dimension's values cost: what it tells of one day is counted together until it stands here. */
const KNOWN_EVENTS = new Set([
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
  "subscription_count",
]);
const OTHER = "other";

/** CloudWatch's embedded metric format: a line on standard output for each kind of event, and no call to anybody. */
export function createCountEvents(namespace: string): CountEvents {
  const metrics = new Metrics({ namespace, serviceName: "webhook" });
  return (events) => {
    const byKind = Map.groupBy(events, ({ name }) => (KNOWN_EVENTS.has(name) ? name : OTHER));
    for (const [kind, { length }] of byKind)
      metrics.singleMetric().addDimension("event", kind).addMetric("WebhookEvents", MetricUnit.Count, length);
  };
}
