import { randomUUID } from "node:crypto";
import type { CloudEvent } from "@realtime-gateway/producer";

/** The envelopes that producers use; the relay reads these and their combinations. */
export type EnvelopeForm = "cloudevents" | "legacy" | "cloudevents in SNS" | "legacy in EventBridge";

/** The body of a queue message with this event. In the form `cloudevents`, it is the body that the producer writes itself. */
export function wrap(event: CloudEvent, form: EnvelopeForm): string {
  const { type, time } = event;
  switch (form) {
    case "cloudevents":
      return JSON.stringify(event);
    case "legacy":
      return JSON.stringify(legacy(event));
    case "cloudevents in SNS":
      return JSON.stringify({
        Type: "Notification",
        MessageId: randomUUID(),
        TopicArn: "arn:aws:sns:us-east-1:000000000000:domain-events",
        Message: JSON.stringify(event),
        Timestamp: time,
      });
    case "legacy in EventBridge":
      return JSON.stringify({
        version: "0",
        id: randomUUID(),
        "detail-type": type,
        source: "audit-platform",
        time,
        detail: legacy(event),
      });
  }
}

const legacy = ({ type, time, data }: CloudEvent) => ({
  event: type,
  timestamp: time,
  source: "audit-platform",
  data,
});
