import { isSchema, type JsonSchema } from "@realtime-gateway/events/json-schema";
import type { Difference } from "./change.ts";

/** Two object schemas that describe the same payloads in two versions. */
export interface Pair {
  readonly before: JsonSchema;
  readonly after: JsonSchema;
}

export interface PairedVariants {
  readonly pairs: readonly Pair[];
  /** The alternatives that only one version has. */
  readonly differences: readonly Difference[];
}

/** Pairs the alternatives of a payload by the member that distinguishes them, such as `status`. */
export function pairVariants(before: JsonSchema, after: JsonSchema): PairedVariants {
  const [old, now] = [variantsOf(before), variantsOf(after)];
  const name = discriminatorOf(old) ?? discriminatorOf(now);
  if (name === undefined) return { pairs: [{ before, after }], differences: [] };
  const pairs: Pair[] = [];
  const differences: Difference[] = [];
  for (const value of new Set([...old, ...now].flatMap((variant) => valuesOf(variant, name)))) {
    const [was, is] = [variantOf(old, name, value), variantOf(now, name, value)];
    if (was && is) pairs.push({ before: withValue(was, name, value), after: withValue(is, name, value) });
    else if (was)
      differences.push({ side: "producers", detail: `\`${name}\` may no longer be ${JSON.stringify(value)}` });
    else differences.push({ side: "browsers", detail: `\`${name}\` may now be ${JSON.stringify(value)}` });
  }
  return { pairs, differences };
}

const variantsOf = (schema: JsonSchema): readonly JsonSchema[] =>
  Array.isArray(schema.oneOf) ? schema.oneOf.filter(isSchema) : [schema];

/** The member with a constant in every alternative. */
function discriminatorOf(variants: readonly JsonSchema[]): string | undefined {
  const [first, ...others] = variants;
  if (first === undefined || others.length === 0) return undefined;
  const names = Object.keys(isSchema(first.properties) ? first.properties : {});
  return names.find((name) => variants.every((variant) => valuesOf(variant, name).length > 0));
}

/** The values that a member allows, if it lists them. */
function valuesOf(variant: JsonSchema, name: string): readonly unknown[] {
  const property = propertyOf(variant, name);
  if (property?.const !== undefined) return [property.const];
  return Array.isArray(property?.enum) ? property.enum.filter((value) => value !== null) : [];
}

const propertyOf = ({ properties }: JsonSchema, name: string): JsonSchema | undefined => {
  const property = isSchema(properties) ? properties[name] : undefined;
  return isSchema(property) ? property : undefined;
};

const variantOf = (variants: readonly JsonSchema[], name: string, value: unknown): JsonSchema | undefined =>
  variants.find((variant) => valuesOf(variant, name).includes(value)) ??
  variants.find((variant) => valuesOf(variant, name).length === 0);

/** The alternative with one value of its discriminator, so that the pair does not compare the lists of values again. */
const withValue = (variant: JsonSchema, name: string, value: unknown): JsonSchema => ({
  ...variant,
  properties: { ...(isSchema(variant.properties) ? variant.properties : {}), [name]: { const: value } },
});
