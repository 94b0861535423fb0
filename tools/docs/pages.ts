import { readFile, writeFile } from "node:fs/promises";
import { CONTRACT_TABLES } from "./contract-tables.ts";
import { DEPLOYMENT_TABLES } from "./deployment-tables.ts";
import { EVENT_SECTIONS } from "./event-sections.ts";
import { ISSUER_TABLES } from "./issuer-tables.ts";
import { LOCAL_TABLES } from "./local-tables.ts";
import { OPERATIONS_TABLES } from "./operations-tables.ts";

/** Every table that a page can contain, by the name in its markers. */
const TABLES = new Map<string, () => string>(
  Object.entries({
    ...CONTRACT_TABLES,
    ...DEPLOYMENT_TABLES,
    ...EVENT_SECTIONS,
    ...ISSUER_TABLES,
    ...LOCAL_TABLES,
    ...OPERATIONS_TABLES,
  }),
);

/** The pages with tables that the code generates. */
export const PAGES = [
  "README.md",
  "docs/events.md",
  "docs/security.md",
  "docs/issuers.md",
  "docs/deploy.md",
  "docs/operations.md",
  "docs/local.md",
  "packages/client/README.md",
  "packages/producer/README.md",
] as const;

/** A page as it is in the repository, and with the tables as the code generates them now. */
export interface GeneratedPage {
  readonly current: string;
  readonly expected: string;
  /** The names of the tables that differ. */
  readonly staleTables: readonly string[];
}

const urlOf = (page: string): URL => new URL(`../../${page}`, import.meta.url);

export const readPage = async (page: string): Promise<GeneratedPage> => generate(await readFile(urlOf(page), "utf8"));

export async function writePage(page: string, { expected }: GeneratedPage): Promise<void> {
  await writeFile(urlOf(page), expected);
}

/** Replaces the text between `<!-- table: NAME -->` and `<!-- /table -->` by the table of this name. */
export function generate(current: string, tables: ReadonlyMap<string, () => string> = TABLES): GeneratedPage {
  const staleTables: string[] = [];
  const expected = current.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- \/table -->)/g,
    (block, open: string, name: string, close: string) => {
      const create = tables.get(name);
      if (create === undefined) throw new Error(`No table is called ${name}; the tables are ${[...tables.keys()]}`);
      const generated = `${open}\n${create()}\n\n${close}`;
      if (generated !== block) staleTables.push(name);
      return generated;
    },
  );
  return { current, expected, staleTables };
}
