import { accepted, familyOf, type JsonObject, type Result, type Route, rejected } from "@realtime-gateway/events";
import { buildChannel, type Channel, type ChannelForm } from "./channel.ts";

/** Pusher refuses longer event names (HTTP API reference). */
export const MAX_EVENT_NAME_LENGTH = 200;

export interface Routed {
  /** Names of the channels that hear the event, one or two, none twice. */
  readonly channels: readonly string[];
  /** The payload fields whose ids decided it. */
  readonly idFields: readonly string[];
}

/** Who hears an event: every route of its family whose id is present; an event with none is invalid, never global. */
export function route(event: { readonly name: string; readonly data: JsonObject }, form: ChannelForm): Result<Routed> {
  if (event.name.length > MAX_EVENT_NAME_LENGTH)
    return rejected("invalid_event", `the event name passes ${MAX_EVENT_NAME_LENGTH} characters`);
  const family = familyOf(event.name);
  if (family === undefined) return rejected("unknown_event", "the event name belongs to no family of the catalog");

  const channels: string[] = [];
  const idFields: string[] = [];
  for (const { kind, fields } of family.routes) {
    const field = fields.find((candidate) => isPresent(event.data[candidate]));
    const channel = channelOf(kind, field, event.data);
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

function channelOf(kind: Route["kind"], field: string | undefined, data: JsonObject): Result<Channel> | undefined {
  if (kind === "global") return accepted({ kind });
  if (field === undefined) return undefined;
  const id = data[field];
  if (typeof id === "string") return accepted({ kind, id });
  // A longer integer has been rounded by JSON.parse: two ids would share a channel.
  if (Number.isSafeInteger(id)) return accepted({ kind, id: String(id) });
  return rejected("invalid_event", `${field} is neither a string nor a safe integer`);
}

/** Many languages write an absent optional as null. */
const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
