import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/manifest";

/** The size of a bundle as a row of Markdown, for the summary of a pull request. */
async function row(name: FunctionName): Promise<string> {
  const bundle = await readFile(bundlePath(name));
  const { length } = await promisify(gzip)(bundle);
  return `| ${name} | ${bundle.length.toLocaleString("en")} | ${length.toLocaleString("en")} |`;
}

console.log("## Bundles\n\n| function | bytes | gzip bytes |\n| --- | ---: | ---: |");
for (const name of FUNCTION_NAMES) console.log(await row(name));
