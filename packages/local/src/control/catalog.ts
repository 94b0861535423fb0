import { definitionOf, eventNames, familyOf } from "@realtime-gateway/events";
import { eventSchema } from "@realtime-gateway/events/event-schema";
import { buildChannel, type ChannelForm } from "@realtime-gateway/routing";

/** An event of the catalog, as a form needs it. */
export interface CatalogEntry {
  readonly event: string;
  readonly channels: readonly { readonly pattern: string; readonly fields: readonly string[] }[];
  /** The ids of a latest-wins event's entity: choices, each with its fields, each with its spellings. */
  readonly entity?: readonly (readonly (readonly string[])[])[];
  /** JSON Schema 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly sample: unknown;
}

/** Every event of the catalog, with the channels in the form in which the stack publishes. */
export const catalogOf = (form: ChannelForm): readonly CatalogEntry[] =>
  eventNames.map((event) => {
    const definition = definitionOf(event);
    const entity = definition?.latestWinsPer?.map((choice) => choice.map((field) => [field].flat()));
    return {
      event,
      channels: (familyOf(event)?.routes ?? []).map(({ kind, fields }) => ({ pattern: pattern(kind, form), fields })),
      ...(entity !== undefined && { entity }),
      schema: eventSchema(event),
      sample: definition?.sample,
    };
  });

type RouteKind = Parameters<typeof buildChannel>[0]["kind"];

function pattern(kind: RouteKind, form: ChannelForm): string {
  const isGlobal = kind === "global" || kind === "test";
  const channel = buildChannel(isGlobal ? { kind } : { kind, id: "0" }, form);
  if (!channel.ok) return "";
  return isGlobal ? channel.value : channel.value.replace(/0$/, "{id}");
}
