import type { Fields, FieldType } from "./contract-event.ts";

/** Values that a field of the contract accepts, and values that it must reject. */
interface Examples {
  readonly right: readonly [unknown, ...unknown[]];
  readonly wrong: readonly unknown[];
}

const WRONG_FOR_ALL = [null, undefined];

const BY_TYPE = {
  id: { right: ["42", "a:b", 42], wrong: ["", 1.5, true, {}, []] },
  string: { right: ["x", "", "été 🎧"], wrong: [1, true, {}, []] },
  int: { right: [3, 0, -1, 9_007_199_254_740_991], wrong: [1.5, "3", true, 2 ** 53] },
  "int >= 1": { right: [1, 7], wrong: [0, -1, 1.5, "1"] },
  number: { right: [1.5, 3, 0, -2.25], wrong: ["1.5", true, {}] },
  boolean: { right: [true, false], wrong: [1, 0, "true"] },
  iso: {
    right: ["2026-03-02T09:00:00Z", "2026-03-02T09:00:00.123456Z", "2026-03-02T10:00:00+01:00"],
    wrong: ["2026-03-02", "2026-02-30T09:00:00Z", "02/03/2026 09:00", "yesterday", "", 1_765_755_984_607],
  },
  day: {
    right: ["2026-03-02", "2024-02-29"],
    wrong: ["2026-3-2", "2026-02-30", "2026-03-02T00:00:00Z", "", 20_260_302],
  },
  "day[]": { right: [["2026-03-02"], []], wrong: ["2026-03-02", ["2026-3-2"], [20_260_302], {}] },
  object: { right: [{ score: 1 }, {}], wrong: ["{}", 1, []] },
} satisfies Record<string, Examples>;

export function examplesOf(type: FieldType): Examples {
  if (typeof type === "string") return withNothing(BY_TYPE[type]);
  if ("oneOf" in type) return withNothing(oneOf(type.oneOf));
  const whole = leastPayload(type.fields);
  const broken = Object.entries(type.fields).flatMap(([field, inner]) =>
    examplesOf(inner).wrong.map((value) => ({ ...whole, [field]: value })),
  );
  return withNothing({ right: [whole, { ...whole, extra: 1 }], wrong: ["x", 1, [], ...broken] });
}

const withNothing = ({ right, wrong }: Examples): Examples => ({ right, wrong: [...wrong, ...WRONG_FOR_ALL] });

function oneOf([first, ...others]: readonly (string | number)[]): Examples {
  return { right: [first, ...others], wrong: ["another", "", typeof first === "number" ? String(first) : 1] };
}

export const isOptional = (field: string): boolean => field.endsWith("?");
export const nameOf = (field: string): string => field.replace(/\?$/, "");

/** The required fields alone, each with a right value. */
export const leastPayload = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => !isOptional(field))
      .map(([field, type]) => [field, examplesOf(type).right[0]]),
  );
