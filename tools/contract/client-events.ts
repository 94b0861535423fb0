import { eventNames } from "@realtime-gateway/events";
import { eventSchema } from "@realtime-gateway/events/event-schema";
import { idFieldsOf, latestWinsOf, routedKinds } from "./event-facts.ts";
import { typeOf } from "./typescript.ts";

/** Where the generated module of the browser client is. */
export const CLIENT_EVENTS = "packages/client/src/events.ts";

/** `audit.step_started` → `AuditStepStarted` */
export const typeName = (event: string): string =>
  event.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The events of the catalog, for browsers: the type of each payload, the events of each kind of channel, and the entities of
 * latest-wins events. It imports nothing, so a page loads no schema.
 */
export function clientEvents(): string {
  return [
    "// Generated from the catalog by `npm run contract`. Do not edit.\n",
    ...eventNames.map(
      (event) => `/** \`${event}\` */\nexport type ${typeName(event)} = ${typeOf(eventSchema(event))};\n`,
    ),
    "/** The events that each kind of channel carries. */\nexport interface EventsOf {",
    ...routedKinds().map((kind) => `  readonly ${kind}: { ${carriedBy(kind)} };`),
    "}\n",
    "/** The ids of what each latest-wins event is about. An id that is missing stands as `undefined` or `null`. */",
    `export const LATEST_WINS: { readonly [event: string]: (data: { readonly [field: string]: unknown }) => readonly unknown[] } = { ${entities()} };\n`,
  ].join("\n");
}

const carriedBy = (kind: ReturnType<typeof routedKinds>[number]): string =>
  eventNames
    .filter((event) => idFieldsOf(event).has(kind))
    .map((event) => `readonly "${event}": ${typeName(event)}`)
    .join("; ");

const entities = (): string =>
  eventNames
    .flatMap((event) => {
      const choices = latestWinsOf(event);
      return choices === undefined ? [] : [`"${event}": (data) => ${choices.map(idsOf).join("")}`];
    })
    .join(", ");

/** The ids of one choice of fields. If one is missing, the next choice decides. Its number keeps equal ids of two choices apart. */
function idsOf(choice: readonly (readonly string[])[], at: number, { length }: readonly unknown[]): string {
  const ids = choice.map((spellings) => spellings.map((field) => `data.${field}`).join(" ?? "));
  const list = `[${[...ids, ...(at > 0 ? [at] : [])].join(", ")}]`;
  return at < length - 1 ? `(${ids.join(") != null && (")}) != null ? ${list} : ` : list;
}
