import { count, optional, text, type ValueRule } from "../faults/field.ts";
import { isJsonObject } from "../json.ts";
import type { SeenEvent } from "./event-log.ts";

/** The events to find. A member that is left out matches every event. */
export interface EventMatch {
  /** The app's id. */
  readonly app?: string;
  readonly channel?: string;
  readonly event?: string;
  /** Each member that this object names must have the same value. Other JSON values must be equal. */
  readonly data?: unknown;
  /** Only events with a larger number. */
  readonly since?: number;
}

const anything: ValueRule<unknown> = { expected: "a JSON value", accepts: (_value): _value is unknown => true };

/** The members of an `EventMatch`, to check one that no compiler has seen. */
export const MATCH_FIELDS = {
  app: optional(text),
  channel: optional(text),
  event: optional(text),
  data: optional(anything),
  since: optional(count),
} as const;

export type EventPart = "app" | "channel" | "event" | "data" | "since";

/** The parts of an event that differ from a match. An empty list is a hit. */
export function differences(seen: SeenEvent, match: EventMatch): readonly EventPart[] {
  const { app, channel, event, since } = match;
  const parts: EventPart[] = [];
  if (app !== undefined && app !== seen.app) parts.push("app");
  if (channel !== undefined && channel !== seen.channel) parts.push("channel");
  if (event !== undefined && event !== seen.event) parts.push("event");
  if (since !== undefined && seen.number <= since) parts.push("since");
  if (match.data !== undefined && !contains(seen.data, match.data)) parts.push("data");
  return parts;
}

export const matches = (seen: SeenEvent, match: EventMatch): boolean => differences(seen, match).length === 0;

/** True if both are equal, or if the value is an object that has each member of the other one. */
export function contains(value: unknown, part: unknown): boolean {
  if (isJsonObject(part)) {
    return (
      isJsonObject(value) &&
      Object.entries(part).every(([name, member]) => Object.hasOwn(value, name) && contains(value[name], member))
    );
  }
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) &&
      value.length === part.length &&
      part.every((entry, index) => contains(value[index], entry))
    );
  }
  return value === part;
}
