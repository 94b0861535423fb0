import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { ReceivedEvent } from "./webhook.ts";

/** Counts the events of a webhook. */
export type CountEvents = (events: readonly ReceivedEvent[]) => void;

/** CloudWatch bills each value of a dimension, so other event names are counted together. */
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

/** Writes a line of CloudWatch's embedded metric format for each kind of event. It makes no network call. */
export function createCountEvents(namespace: string): CountEvents {
  const metrics = new Metrics({ namespace, serviceName: "webhook" });
  return (events) => {
    const byKind = Map.groupBy(events, ({ name }) => (KNOWN_EVENTS.has(name) ? name : OTHER));
    for (const [kind, { length }] of byKind)
      metrics.singleMetric().addDimension("event", kind).addMetric("WebhookEvents", MetricUnit.Count, length);
  };
}
