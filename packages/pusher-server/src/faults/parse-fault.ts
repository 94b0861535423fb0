import { isJsonObject } from "../json.ts";
import { FAULT_SCHEMA, type Fault, SHORT_FAULT, type ShortFault } from "./fault-schema.ts";
import { type FieldSpecs, mistakesIn, mustBe, optional, required, type ValueRule } from "./field.ts";

// The parts have checks of their own, so that an error names the field inside a part.
const anything: ValueRule<unknown> = { expected: "an object", accepts: (_value): _value is unknown => true };
const PARTS: FieldSpecs = Object.fromEntries(Object.keys(FAULT_SCHEMA).map((part) => [part, optional(anything, "")]));

/** Every mistake in a fault, not only the first one. */
export function mistakesInFault(fault: unknown): readonly string[] {
  if (!isJsonObject(fault)) return [mustBe("it", "an object", fault)];
  if (isShort(fault)) return mistakesIn("fault", fault, SHORT_FAULT);
  const { match, effect, when } = FAULT_SCHEMA;
  return [
    ...mistakesIn("fault", fault, PARTS),
    ...(fault.match === undefined ? [] : mistakesIn("match", fault.match, match.fields)),
    ...mistakesInEffect(fault.effect, effect.kinds),
    ...(fault.when === undefined ? [] : mistakesIn("when", fault.when, when.fields)),
  ];
}

function mistakesInEffect(
  effect: unknown,
  kinds: Readonly<Record<string, { readonly fields: FieldSpecs }>>,
): readonly string[] {
  const kind = isJsonObject(effect) ? effect.kind : undefined;
  const expected = `one of ${Object.keys(kinds).join(", ")}`;
  const fields = Object.entries(kinds).find(([name]) => name === kind)?.[1].fields;
  if (fields === undefined) return [mustBe("effect.kind", expected, kind)];
  return mistakesIn("effect", effect, { kind: required({ ...anything, expected }, ""), ...fields });
}

function isFault(value: unknown): value is Fault {
  return !isShort(value) && mistakesInFault(value).length === 0;
}

/** No part of the long form is called `status`. */
const isShort = (value: unknown): boolean => isJsonObject(value) && "status" in value;

function isShortFault(value: unknown): value is ShortFault {
  return isShort(value) && mistakesInFault(value).length === 0;
}

/** Returns the long form. Throws an Error that names every mistake in an invalid fault. */
export function parseFault(value: unknown): Fault {
  if (isShortFault(value)) return lengthened(value);
  if (isFault(value)) return value;
  throw new Error(`Invalid fault: ${mistakesInFault(value).join("; ")}`);
}

function lengthened({ path, method, times, ...answer }: ShortFault): Fault {
  return {
    ...((path !== undefined || method !== undefined) && {
      match: { ...(path !== undefined && { path }), ...(method !== undefined && { method }) },
    }),
    effect: { kind: "answer", ...answer },
    ...(times !== undefined && { when: { times } }),
  };
}
