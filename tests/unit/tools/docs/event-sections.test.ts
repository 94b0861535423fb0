import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadMeanings } from "../../../../tools/docs/meanings.ts";
import { contractFamilies } from "../../../contract/catalog.ts";
import type { Fields, FieldType } from "../../../contract/contract-event.ts";
import { isOptional, nameOf } from "../../../contract/field-values.ts";

const PAGE = readFileSync(new URL("../../../../docs/events.md", import.meta.url), "utf8");

/** The text from a heading to the next heading of its level. */
function sectionOf(heading: string): string {
  const level = heading.replace(/ .*/, " ");
  const start = PAGE.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`The page has no heading ${heading}.`);
  const end = PAGE.indexOf(`\n${level}`, start + 1);
  return PAGE.slice(start, end < 0 ? undefined : end);
}

/** The rows that the page must have for these fields, nested ones included: their names, and which are optional. */
const rowsOf = (fields: Fields, parent = ""): readonly (readonly [string, boolean])[] =>
  Object.entries(fields).flatMap(([field, type]) => [
    [parent + nameOf(field), isOptional(field)] as const,
    ...(hasFields(type) ? rowsOf(type.fields, `${parent}${nameOf(field)}.`) : []),
  ]);

const hasFields = (type: FieldType): type is { readonly fields: Fields } =>
  typeof type === "object" && "fields" in type;

const events = contractFamilies.flatMap(({ match, events: listed }) =>
  listed.map(({ name, fields, variant }) => ({
    title: `${name} ${variant ?? ""}`.trim(),
    heading: match.endsWith(".") ? `## ${match}*` : `## ${match}`,
    name,
    fields,
  })),
);

describe("docs/events.md", () => {
  it.each(events)("explains $title and each of its fields", async ({ heading, name, fields }) => {
    const [common = ""] = sectionOf(heading).split("\n### ");
    const own = sectionOf(`### ${name}`);
    const meanings = await loadMeanings();
    expect(own).toContain(`\n${meanings.ofEvent(name)}`);
    for (const [field, optional] of rowsOf(fields)) {
      const [, type, meaning] = rowOf(common, field) ?? rowOf(own, field) ?? [];
      expect({ field, optional: type?.endsWith(", optional") }).toEqual({ field, optional });
      expect(meaning).toContain(meanings.ofField(name, field.replace(/^.*\./, "")));
    }
  });

  it.each(events)("has a sample of $title, and what arrives if it is too large", ({ name }) => {
    const blocks = [...sectionOf(`### ${name}`).matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
    const [sample = "", cut = ""] = blocks;
    expect(blocks).toHaveLength(2);
    expect(JSON.parse(sample)).not.toHaveProperty("truncated");
    expect(JSON.parse(cut)).toMatchObject({ truncated: true });
  });
});

const rowOf = (text: string, field: string): readonly string[] | undefined =>
  text
    .split("\n")
    .find((line) => line.startsWith(`| \`${field}\` |`))
    ?.split("|")
    .slice(1)
    .map((cell) => cell.trim());

describe("the meanings", () => {
  it("report an event or a field that no one explains", async () => {
    const meanings = await loadMeanings();
    expect(() => meanings.ofEvent("audit.unheard")).toThrow(
      "No `meanings` in packages/events/src explain the event audit.unheard.",
    );
    expect(() => meanings.ofField("audit.started", "unheard")).toThrow("explain the field unheard of audit.started.");
  });
});
