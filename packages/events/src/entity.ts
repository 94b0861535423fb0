import { definitionOf } from "./catalog.ts";
import type { DomainEvent } from "./domain-event.ts";
import type { IdField } from "./family.ts";
import { idTextOf } from "./id-text.ts";

/**
 * The key of the entity that a latest-wins event is about. Events with equal keys replace each other.
 * `undefined` for other events, and for an event without the id of its entity: it replaces nothing.
 */
export function entityOf(event: Pick<DomainEvent, "name" | "data" | "json">): string | undefined {
  const { latestWinsPer } = definitionOf(event.name) ?? {};
  if (latestWinsPer === undefined) return undefined;
  for (const [choice, fields] of latestWinsPer.entries()) {
    const ids = fields.map((field) => idOf(event, field));
    if (ids.every((id) => id !== undefined)) return [event.name, choice, ...ids.map(withLength)].join("/");
  }
  return undefined;
}

/** With its length in front, no id can contain the separator unnoticed: different ids give different keys. */
const withLength = (id: string): string => `${id.length}:${id}`;

function idOf(event: Pick<DomainEvent, "data" | "json">, field: IdField): string | undefined {
  const spellings = typeof field === "string" ? [field] : field;
  return spellings.map((spelling) => idTextOf(event, spelling)).find((id) => id !== undefined && id !== "");
}
