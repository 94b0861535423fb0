import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseStartArguments } from "../../../../packages/local/src/cli/start-arguments.ts";
import { parseMintArguments } from "../../../../packages/operations/src/cli/mint-arguments.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const PAGES = globSync(["README.md", "CONTRIBUTING.md", "docs/*.md", "examples/*.md"], { cwd: ROOT });

/** What follows these words in a page: the arguments up to the end of the command. */
function argumentsAfter(words: string): readonly (readonly string[])[] {
  const text = PAGES.map((page) => readFileSync(`${ROOT}${page}`, "utf8")).join("\n");
  return text
    .split(words)
    .slice(1)
    .map((rest) => /^(?:'[^']*'|[^`'#|<&;\n])*/.exec(rest)?.[0] ?? "")
    .map((line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""));
}

describe("the pages show commands with flags that exist", () => {
  it.each([
    ["npm start -- ", parseStartArguments],
    ["npm start --silent -- ", parseStartArguments],
    ["npm run --silent token -- mint ", parseMintArguments],
  ] as const)("%s…", (words, parse) => {
    const commands = argumentsAfter(words);
    expect(commands.length).toBeGreaterThan(0);
    for (const argv of commands) expect(parse(argv), argv.join(" ")).not.toHaveProperty("complaints");
  });
});
