import { randomUUID } from "node:crypto";

/** The envelopes that producers use; the relay reads these and their combinations. */
export type EnvelopeForm = "cloudevents" | "legacy" | "cloudevents in SNS" | "legacy in EventBridge";

/** The body of a queue message, as a producer would send it. */
export function wrap(name: string, data: object, form: EnvelopeForm, now: Date): string {
  switch (form) {
    case "cloudevents":
      return JSON.stringify(cloudEvent(name, data, now));
    case "legacy":
      return JSON.stringify(legacy(name, data, now));
    case "cloudevents in SNS":
      return JSON.stringify({
        Type: "Notification",
        MessageId: randomUUID(),
        TopicArn: "arn:aws:sns:us-east-1:000000000000:domain-events",
        Message: JSON.stringify(cloudEvent(name, data, now)),
        Timestamp: now.toISOString(),
      });
    case "legacy in EventBridge":
      return JSON.stringify({
        version: "0",
        id: randomUUID(),
        "detail-type": name,
        source: "audit-platform",
        time: now.toISOString(),
        detail: legacy(name, data, now),
      });
  }
}

const cloudEvent = (type: string, data: object, now: Date) => ({
  specversion: "1.0",
  id: randomUUID(),
  source: "/audit-platform/demo",
  type,
  time: now.toISOString(),
  datacontenttype: "application/json",
  data,
});

const legacy = (event: string, data: object, now: Date) => ({
  event,
  timestamp: now.toISOString(),
  source: "audit-platform",
  data,
});
