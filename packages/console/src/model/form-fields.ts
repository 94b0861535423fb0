/** One input of the form of an event. */
export interface FormField {
  readonly name: string;
  readonly kind: "text" | "number" | "flag" | "choice" | "json";
  readonly required: boolean;
  /** For `choice`. */
  readonly options: readonly string[];
  /** Words about the value, such as `whole number`. */
  readonly hint: string;
}

interface PropertySchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
}

interface PayloadSchema {
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  /** The variants of an event, such as a step and its rerun. */
  readonly oneOf?: readonly PayloadSchema[];
}

/** The inputs of an event, from the JSON Schema of its payload. An event with variants gets the fields of all of them. */
export function formFields(schema: PayloadSchema): readonly FormField[] {
  const variants = [schema, ...(schema.oneOf ?? [])];
  const declared = variants.filter(({ properties }) => properties !== undefined);
  const names = new Set(declared.flatMap(({ properties = {} }) => Object.keys(properties)));
  const fields = [...names].map((name) => {
    const properties = declared.flatMap(({ properties = {} }) => properties[name] ?? []);
    return fieldOf(
      name,
      properties,
      declared.every(({ required = [] }) => required.includes(name)),
    );
  });
  return [...fields.filter(({ required }) => required), ...fields.filter(({ required }) => !required)];
}

function fieldOf(name: string, schemas: readonly PropertySchema[], required: boolean): FormField {
  const options = [
    ...new Set(schemas.flatMap((each) => each.enum ?? ("const" in each ? [each.const] : [])).map(String)),
  ];
  if (options.length > 0) return { name, kind: "choice", required, options, hint: "" };
  const [{ type = [], format } = {}] = schemas;
  const types = [type].flat();
  const field = (kind: FormField["kind"], hint = ""): FormField => ({ name, kind, required, options, hint });
  if (types.includes("string")) return field("text", TEXT_HINTS[format ?? ""] ?? "");
  if (types.includes("integer")) return field("number", "whole number");
  if (types.includes("number")) return field("number", "number");
  if (types.includes("boolean")) return field("flag");
  return field("json", types.includes("array") ? "JSON list" : "JSON object");
}

const TEXT_HINTS: Readonly<Record<string, string>> = { "date-time": "date and time", date: "day" };

/** The text in an input for a member of the payload. */
export function inputText(field: Pick<FormField, "kind">, value: string | undefined): string {
  if (value === undefined || value === "null") return "";
  if (field.kind === "json" || !value.startsWith('"')) return value;
  return String(JSON.parse(value));
}

/** The JSON text of an input. `undefined` removes the member. Text that is no number or JSON becomes a string: the check names it. */
export function memberText(field: Pick<FormField, "kind">, input: string): string | undefined {
  if (input === "") return undefined;
  if (field.kind === "text" || field.kind === "choice") return JSON.stringify(input);
  try {
    JSON.parse(input);
    return input.trim();
  } catch {
    return JSON.stringify(input);
  }
}
