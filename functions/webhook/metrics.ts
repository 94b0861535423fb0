import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { OTHER_WEBHOOK_EVENTS, WEBHOOK_EVENTS } from "../webhook-events.ts";
import type { ReceivedEvent } from "./webhook.ts";

/** Counts the events of a webhook. */
export type CountEvents = (events: readonly ReceivedEvent[]) => void;

const KNOWN_EVENTS: ReadonlySet<string> = new Set(WEBHOOK_EVENTS);

/** Writes a line of CloudWatch's embedded metric format for each kind of event. It makes no network call. */
export function createCountEvents(namespace: string): CountEvents {
  const metrics = new Metrics({ namespace, serviceName: "webhook" });
  return (events) => {
    const byKind = Map.groupBy(events, ({ name }) => (KNOWN_EVENTS.has(name) ? name : OTHER_WEBHOOK_EVENTS));
    for (const [kind, { length }] of byKind)
      metrics.singleMetric().addDimension("event", kind).addMetric("WebhookEvents", MetricUnit.Count, length);
  };
}
