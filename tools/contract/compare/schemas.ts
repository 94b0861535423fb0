import { isDeepStrictEqual } from "node:util";
import { isSchema, type JsonSchema, requiredIn } from "@realtime-gateway/events/json-schema";
import type { Difference } from "./change.ts";
import { compareValues } from "./values.ts";
import { pairVariants } from "./variants.ts";

/**
 * Compares two schemas of one payload. A payload that was valid and no longer is breaks producers. A payload that was
 * impossible and now is valid breaks browsers.
 */
export function compareSchemas(before: JsonSchema, after: JsonSchema): readonly Difference[] {
  const { pairs, differences } = pairVariants(before, after);
  const found = pairs.flatMap((pair) => compareObjects(pair.before, pair.after, ""));
  return withoutRepeats([...differences, ...found]);
}

/** Two alternatives of a payload often share their members, and then a change too. */
const withoutRepeats = (differences: readonly Difference[]): readonly Difference[] =>
  differences.filter((difference, index) => differences.findIndex((d) => isDeepStrictEqual(d, difference)) === index);

/** `prefix` is the path of the object, with a dot at its end. */
function compareObjects(before: JsonSchema, after: JsonSchema, prefix: string): readonly Difference[] {
  const [old, now] = [propertiesOf(before), propertiesOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names.flatMap((name) => {
    const path = prefix + name;
    const [was, is] = [old[name], now[name]];
    const mustBe = { before: requiredIn(before).includes(name), after: requiredIn(after).includes(name) };
    if (is === undefined) return [{ side: "browsers", detail: `\`${path}\` was removed` } as const];
    if (was === undefined) return [added(path, mustBe.after)];
    return [...comparePresence(path, mustBe), ...compareProperty(was, is, path)];
  });
}

const added = (path: string, required: boolean): Difference =>
  required
    ? { side: "producers", detail: `\`${path}\` is new and required` }
    : { side: "nobody", detail: `\`${path}\` is new and optional` };

function comparePresence(
  path: string,
  { before, after }: { readonly before: boolean; readonly after: boolean },
): readonly Difference[] {
  if (before === after) return [];
  return after
    ? [{ side: "producers", detail: `\`${path}\` became required` }]
    : [{ side: "browsers", detail: `\`${path}\` may now be absent` }];
}

const compareProperty = (before: JsonSchema, after: JsonSchema, path: string): readonly Difference[] => [
  ...compareValues(before, after, path),
  ...compareObjects(before, after, `${path}.`),
  ...(isSchema(before.items) && isSchema(after.items) ? compareProperty(before.items, after.items, `${path}[]`) : []),
];

const propertiesOf = ({ properties }: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  isSchema(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, isSchema(value) ? value : {}]))
    : {};
