import { createHash } from "node:crypto";
import { familyOf, type IdField, idTextOf, type JsonObject } from "@realtime-gateway/events";
import { encodeId, type Routed } from "@realtime-gateway/routing";
import type { MessageSettings } from "./settings.ts";

/** SQS: a message group id has at most 128 characters (SendMessage API reference). */
export const MAX_GROUP_LENGTH = 128;

const PREFIX = "private-";
const HASH_LENGTH = 64;

interface GroupedEvent {
  readonly name: string;
  readonly data: JsonObject;
  readonly json: string;
}

/** FIFO queues require a group: an event without an entity gets one of its own, so it delays no other event. */
export function messageGroup(
  event: GroupedEvent,
  id: string,
  routed: Routed | undefined,
  { group, isFifo }: MessageSettings,
): string | undefined {
  const own = isFifo ? acceptedId(id) : undefined;
  if (group === false) return own;
  if (group !== undefined) return group(event) ?? own;
  return (routed && groupOf(event, routed)) ?? own;
}

/**
 * The entity that an event is about, as a message group: `audit-42` for all events of that audit. Events that go to the global
 * channel take the entity of their family's latest-wins event: `batch/audit/7`. `undefined` for an event without an entity.
 */
function groupOf(event: GroupedEvent, routed: Routed): string | undefined {
  const [channel = ""] = routed.channels;
  return routed.idFields.length > 0 ? fitting(channel.slice(PREFIX.length)) : familyGroup(event);
}

function familyGroup(event: GroupedEvent): string | undefined {
  const family = familyOf(event.name);
  const keys = Object.values(family?.events ?? {}).flatMap(({ latestWinsPer = [] }) => latestWinsPer);
  for (const fields of keys) {
    const ids = fields.map((field) => idOf(event, field));
    if (ids.every((id) => id !== undefined && id !== ""))
      return fitting(
        [family?.match.replace(/\.$/, ""), ...ids.map((id = "") => encodeId(id.toWellFormed()))].join("/"),
      );
  }
  return undefined;
}

function idOf(event: GroupedEvent, field: IdField): string | undefined {
  const spellings = typeof field === "string" ? [field] : field;
  return spellings.map((spelling) => idTextOf(event, spelling)).find((id) => id !== undefined);
}

/** SQS: group and deduplication ids have up to 128 ASCII characters without spaces (SendMessage API reference). */
const ACCEPTED_ID = /^[!-~]{1,128}$/;

/** The id of an event as SQS accepts it: events of other producers may have any id. */
export const acceptedId = (id: string): string =>
  ACCEPTED_ID.test(id) ? id : createHash("sha256").update(id).digest("hex");

/** A longer group ends in its hash. No shorter one has a `#`, so different entities have different groups. */
function fitting(group: string): string {
  if (group.length <= MAX_GROUP_LENGTH) return group;
  const hash = createHash("sha256").update(group).digest("hex");
  return `${group.slice(0, MAX_GROUP_LENGTH - HASH_LENGTH - 1)}#${hash}`;
}
