/** `npm run docs` writes the generated tables; without `--write`, the tool names those that are stale and exits with 1. */
import { parseArgs } from "node:util";
import { PAGES, readPage, writePage } from "./pages.ts";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

for (const page of PAGES) {
  const generated = await readPage(page);
  if (generated.staleTables.length === 0) continue;
  const names = generated.staleTables.join(", ");
  if (values.write) {
    await writePage(page, generated);
    console.log(`${page}: wrote ${names}`);
  } else {
    console.error(`${page}: stale tables: ${names}. Run \`npm run docs\`.`);
    process.exitCode = 1;
  }
}
