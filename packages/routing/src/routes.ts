import {
  accepted,
  type DomainEvent,
  familyOf,
  idTextOf,
  type Result,
  type Route,
  rejected,
  unknownNameDetail,
} from "@realtime-gateway/events";
import { buildChannel, type Channel, type ChannelForm } from "./channel.ts";

/** Pusher rejects longer event names (HTTP API reference). */
export const MAX_EVENT_NAME_LENGTH = 200;

export interface Routed {
  /** Names of the event's channels: one or two, none twice. */
  readonly channels: readonly string[];
  /** The payload fields with the ids of these channels. */
  readonly idFields: readonly string[];
}

/** Finds the channels of an event: every route of its family whose id is present. An event with no id is invalid, never global. */
export function route(event: Pick<DomainEvent, "name" | "data" | "json">, form: ChannelForm): Result<Routed> {
  if (event.name.length > MAX_EVENT_NAME_LENGTH)
    return rejected("invalid_event", `the event name passes ${MAX_EVENT_NAME_LENGTH} characters`);
  const family = familyOf(event.name);
  if (family === undefined) return rejected("unknown_event", unknownNameDetail(event.name));

  const channels: string[] = [];
  const idFields: string[] = [];
  for (const { kind, fields } of family.routes) {
    const field = fields.find((candidate) => isPresent(event.data[candidate]));
    const channel = channelOf(kind, field, event);
    if (channel === undefined) continue;
    if (!channel.ok) return channel;
    const name = buildChannel(channel.value, form);
    if (!name.ok) return name;
    channels.push(name.value);
    if (field !== undefined) idFields.push(field);
  }
  return channels.length > 0
    ? accepted({ channels, idFields })
    : rejected("invalid_event", `needs ${family.routes.flatMap(({ fields }) => fields).join(" or ")}`);
}

function channelOf(
  kind: Route["kind"],
  field: string | undefined,
  event: Pick<DomainEvent, "data" | "json">,
): Result<Channel> | undefined {
  if (kind === "global") return accepted({ kind });
  if (field === undefined) return undefined;
  const id = idTextOf(event, field);
  return id === undefined
    ? rejected("invalid_event", `${field} is neither a string nor an integer`)
    : accepted({ kind, id });
}

/** Many languages write an absent optional as null. */
const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
