import { readdir } from "node:fs/promises";

/** The `meanings` of every family, as one table. */
export interface AllMeanings {
  /** The meaning of an event. */
  readonly ofEvent: (name: string) => string;
  /** The meaning of a payload field, in the family of this event. */
  readonly ofField: (name: string, field: string) => string;
}

interface FamilyMeanings {
  readonly events: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

const FOLDER = new URL("../../packages/events/src/", import.meta.url);

/** Reads the export `meanings` of every file of the events package. */
export async function loadMeanings(): Promise<AllMeanings> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".ts")).sort();
  const modules: readonly { readonly meanings?: FamilyMeanings }[] = await Promise.all(
    files.map((file) => import(new URL(file, FOLDER).href)),
  );
  const families = modules.flatMap(({ meanings }) => meanings ?? []);
  const familyOf = (name: string) => families.find(({ events }) => name in events);
  return {
    ofEvent: (name) => familyOf(name)?.events[name] ?? missing(`the event ${name}`),
    ofField: (name, field) => familyOf(name)?.fields[field] ?? missing(`the field ${field} of ${name}`),
  };
}

function missing(what: string): never {
  throw new Error(`No \`meanings\` in packages/events/src explain ${what}.`);
}
