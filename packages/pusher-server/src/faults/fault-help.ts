import { FAULT_EXAMPLES, FAULT_SCHEMA, SHORT_FAULT } from "./fault-schema.ts";
import type { FieldSpecs } from "./field.ts";

/** Wide enough for the longest name. */
const NAME_WIDTH = 13;
const LINE_WIDTH = 116;

/** The fault plan in words, for --help and the README. */
export function faultHelp(): string {
  const { match, effect, when } = FAULT_SCHEMA;
  return [
    "A fault is a JSON object of up to three parts. The first fault that strikes a call decides.",
    "",
    `match: ${match.meaning}`,
    ...fieldLines(match.fields, "  "),
    `effect: ${effect.meaning}`,
    ...Object.entries(effect.kinds).flatMap(([kind, { meaning, fields }]) => [
      `  ${kind.padEnd(NAME_WIDTH)}${meaning}`,
      ...fieldLines(fields, "    "),
    ]),
    `when: ${when.meaning}`,
    ...fieldLines(when.fields, "  "),
    "",
    "A fault that only answers has a short form, an object of these fields:",
    ...fieldLines(SHORT_FAULT, "  "),
    "",
    "Examples:",
    '  {"status":503,"times":3}',
    ...FAULT_EXAMPLES.map((example) => `  ${JSON.stringify(example)}`),
  ].join("\n");
}

const fieldLines = (fields: FieldSpecs, indent: string): readonly string[] =>
  Object.entries(fields).flatMap(([name, { rule, required, meaning }]) => {
    const value = `${indent}${name.padEnd(NAME_WIDTH)}${rule.expected}${required ? " (required)" : ""}`;
    const line = `${value}; ${meaning}`;
    return line.length <= LINE_WIDTH ? [line] : [value, `${indent}${" ".repeat(NAME_WIDTH)}${meaning}`];
  });
