import { definitionOf, nearestName } from "@realtime-gateway/events";
import type { ReadConfig } from "@realtime-gateway/functions/relay/read";
import { utf8Bytes } from "@realtime-gateway/routing";
import { checkEvent, type EventProblem, recordOf } from "../send-events/check-event.ts";
import { readMessage } from "./message-reading.ts";
import type { PublicationPreview } from "./types.ts";

/** Reads an event with the modules of the relay. The reason, if the relay would dead-letter it. */
export function preview(body: string, config: ReadConfig): PublicationPreview | EventProblem {
  const checked = checkEvent(body, config);
  if ("code" in checked) return checked;
  const { routes, mismatches, sent = "", published = "", truncatedFromBytes } = readMessage(recordOf(body), config);
  const listed = definitionOf(checked.event) !== undefined;
  const nearest = listed ? undefined : nearestName(checked.event);
  return {
    event: checked.event,
    listed,
    ...(nearest !== undefined && { nearest }),
    channels: routes.map(({ channel }) => channel),
    payloadBytes: truncatedFromBytes ?? utf8Bytes(sent),
    publishedBytes: utf8Bytes(published),
    limitBytes: config.maxPayloadBytes,
    truncated: truncatedFromBytes !== undefined,
    published,
    mismatches,
  };
}
