import { definitionOf, describeMismatch, nearestName } from "@realtime-gateway/events";
import { decode, guard, route } from "@realtime-gateway/functions/relay/read";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { SQSRecord } from "aws-lambda";

/** The settings of the relay that decide about an event. */
export type CheckSettings = Pick<RelaySettings, "form" | "validation" | "maxPayloadBytes" | "stamp">;

/** An event that the relay would reject. */
export interface EventProblem {
  readonly code: string;
  readonly detail: string;
  readonly event?: string;
}

export interface CheckedEvent {
  readonly event: string;
  readonly channels: readonly string[];
  /** Reasons to look again. The relay publishes the event. */
  readonly warnings: readonly string[];
}

/** Reads an event with the code of the relay. */
export function checkEvent(body: string, settings: CheckSettings): CheckedEvent | EventProblem {
  const message = guard(route(decode(recordOf(body)), settings), settings);
  if (message.kind === "rejected") {
    const { code, detail, event } = message.rejection;
    return { code, detail, ...(event !== undefined && { event }) };
  }
  const { name, channels, validation, truncatedFromBytes } = message;
  const mismatches = validation.kind === "differs" ? validation.mismatches.map(describeMismatch) : [];
  const truncated =
    truncatedFromBytes === undefined
      ? []
      : [
          `the payload of ${truncatedFromBytes} bytes passes the limit of ${settings.maxPayloadBytes}, so it arrives truncated`,
        ];
  return { event: name, channels, warnings: [...unlisted(name), ...mismatches, ...truncated] };
}

function unlisted(name: string): readonly string[] {
  if (definitionOf(name) !== undefined) return [];
  const nearest = nearestName(name);
  return [`the catalog does not list ${name}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`];
}

/** The message as the relay would receive it. Only its body counts here. */
export const recordOf = (body: string): SQSRecord => ({
  messageId: "",
  receiptHandle: "",
  body,
  attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0", SenderId: "", ApproximateFirstReceiveTimestamp: "0" },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "",
  awsRegion: "",
});
