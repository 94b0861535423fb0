import { definitionOf, withoutNulls } from "@realtime-gateway/events";
import { describeCatalogIssue, describeIssue } from "./describe-issue.ts";
import type { SchemaAnswer, StandardSchema } from "./standard-schema.ts";

/** The schemas of a service's own events, by name. */
export type OwnSchemas = Readonly<Record<string, StandardSchema>>;

const MAX_ISSUES = 3;

/** What does not match, as text; `undefined` for a valid payload. A promise only if an own schema is asynchronous. */
export type MismatchText = string | undefined;

/**
 * Validates a payload with the schema of its event: an own one, else the catalog's. The catalog accepts `null` for an absent
 * field, as the gateway does.
 */
export function mismatchOf(name: string, data: unknown, own: OwnSchemas): MismatchText | Promise<MismatchText> {
  const ownSchema = Object.hasOwn(own, name) ? own[name] : undefined;
  if (ownSchema !== undefined) {
    const answer = ownSchema["~standard"].validate(data);
    return answer instanceof Promise
      ? answer.then((resolved) => textOf(name, data, resolved, describeIssue))
      : textOf(name, data, answer, describeIssue);
  }
  const schema = definitionOf(name)?.schema;
  if (schema === undefined) return `${name} is not in the catalog: pass its schema to createProducer({ schemas })`;
  // Most payloads are valid as they are, so they need no copy without nulls.
  return catalogMismatch(name, schema, data) && catalogMismatch(name, schema, withoutNulls(data));
}

function catalogMismatch(name: string, schema: StandardSchema, data: unknown): MismatchText {
  const answer = schema["~standard"].validate(data);
  if (answer instanceof Promise) throw new TypeError("a schema of the catalog is asynchronous");
  return textOf(name, data, answer, describeCatalogIssue);
}

function textOf(
  name: string,
  data: unknown,
  { issues = [] }: SchemaAnswer,
  describe: typeof describeIssue,
): MismatchText {
  if (issues.length === 0) return undefined;
  const texts = issues.slice(0, MAX_ISSUES).map((issue) => describe(issue, data));
  const more = issues.length > MAX_ISSUES ? `; and ${issues.length - MAX_ISSUES} more` : "";
  return `${name}: ${texts.join("; ")}${more}`;
}
