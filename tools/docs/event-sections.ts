import { definitionOf, type EntityKey, families, type JsonObject, type Route } from "@realtime-gateway/events";
import { route } from "@realtime-gateway/routing";
import { entityCell } from "./contract-tables.ts";
import { code, jsonBlock, table } from "./markdown.ts";
import { loadMeanings } from "./meanings.ts";
import { type PayloadField, payloadFields } from "./payload-fields.ts";
import { fateInTruncation, truncatedExample } from "./truncated-example.ts";

const meanings = await loadMeanings();

/** One section for each family, and in it one for each event. */
const catalog = (): string =>
  families
    .flatMap(({ match, routes, events }) => {
      const fieldsOf = new Map(Object.keys(events).map((name) => [name, payloadFields(definition(name).schema)]));
      const shared = sharedFields([...fieldsOf.values()]);
      return [
        `## ${match.endsWith(".") ? `${match}*` : match}`,
        `Channels: ${routes.map(routeText).join(", ")}.${idRule(routes)}`,
        ...sharedTable(match, Object.keys(events)[0] ?? "", shared),
        ...[...fieldsOf].flatMap(([name, fields]) => eventSection(name, without(fields, shared), fields)),
      ];
    })
    .join("\n\n");

function eventSection(name: string, own: readonly PayloadField[], all: readonly PayloadField[]): readonly string[] {
  const { sample, latestWinsPer } = definition(name);
  const json = JSON.stringify(sample);
  const data: JsonObject = JSON.parse(json);
  const routed = route({ name, data, json }, "private");
  if (!routed.ok) throw new Error(`The sample of ${name} has no channel: ${routed.detail}`);
  const { cause, result } = truncatedExample(data, all, routed.value.idFields);
  return [
    `### ${name}`,
    `${meanings.ofEvent(name)}${latestWinsPer ? ` ${replacement(latestWinsPer)}` : ""}`,
    ...(own.length > 0 ? [fieldTable(name, own)] : []),
    `The sample goes to ${routed.value.channels.map(code).join(" and ")}:`,
    jsonBlock(data),
    `If ${cause} makes it too large, this arrives:`,
    jsonBlock(result),
  ];
}

const fieldTable = (name: string, fields: readonly PayloadField[]): string =>
  table(
    ["field", "type", "meaning", "if truncated"],
    fields.map((field) => [
      code(field.path.join(".")),
      `${field.type}${field.isOptional ? ", optional" : ""}`,
      `${meanings.ofField(name, field.path.at(-1) ?? "")}${field.onlyWith ? `; only with ${code(field.onlyWith)}` : ""}`,
      fateInTruncation(field),
    ]),
  );

const sharedTable = (match: string, name: string, fields: readonly PayloadField[]): readonly string[] =>
  fields.length > 0 ? [`Every ${code(`${match}*`)} event has these fields:`, fieldTable(name, fields)] : [];

/** The fields that all events of a family have, with the same type. */
const sharedFields = ([first = [], ...others]: readonly (readonly PayloadField[])[]): readonly PayloadField[] =>
  others.length === 0
    ? []
    : first.filter((field) => others.every((fields) => fields.some((other) => isSame(field, other))));

const without = (fields: readonly PayloadField[], left: readonly PayloadField[]): readonly PayloadField[] =>
  fields.filter((field) => !left.some((other) => isSame(field, other)));

const isSame = (a: PayloadField, b: PayloadField): boolean => JSON.stringify(a) === JSON.stringify(b);

const routeText = ({ kind, fields }: Route): string =>
  fields.length > 0 ? `the ${kind} of ${fields.map(code).join(" or ")}` : kind;

/** Routing requires one id of the family. */
function idRule(routes: readonly Route[]): string {
  const fields = routes.flatMap((each) => each.fields);
  return fields.length > 1 ? ` At least one of ${fields.map(code).join(", ")} is required.` : "";
}

const replacement = (key: EntityKey): string => `A newer one replaces an older one of the same ${entityCell(key)}.`;

function definition(name: string) {
  const found = definitionOf(name);
  if (found === undefined) throw new Error(`The catalog has no event ${name}.`);
  return found;
}

/** The text of docs/events.md. */
export const EVENT_SECTIONS = { catalog };
