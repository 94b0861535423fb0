export type { Channel, ChannelForm, EntityKind } from "./channel.ts";
export { buildChannel, ENTITY_KINDS, MAX_CHANNEL_NAME_LENGTH, parseChannel } from "./channel.ts";
export type { Guarded, GuardOptions, Payload } from "./guard.ts";
export { DEFAULT_MAX_PAYLOAD_BYTES, guard } from "./guard.ts";
export type { Entry, Message, PlannedEntry } from "./plan.ts";
export { MAX_BATCH_EVENTS, plan } from "./plan.ts";
export type { Routed } from "./routes.ts";
export { MAX_EVENT_NAME_LENGTH, route } from "./routes.ts";
export { PUSHER_MAX_DATA_BYTES, utf8Bytes, wireBytes } from "./wire-size.ts";
