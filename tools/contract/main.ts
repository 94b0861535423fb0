import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CLIENT_EVENTS, clientEvents } from "./client-events.ts";
import { compareContracts } from "./compare/compare.ts";
import { readContract } from "./compare/contract.ts";
import { report } from "./compare/report.ts";
import { sourceOf } from "./compare/sources.ts";
import { judge, parseWaivers, WAIVERS } from "./compare/waivers.ts";
import { CONTRACT_FOLDER, contractDocuments } from "./documents.ts";
import { staleDocuments, staleFiles, writeDocuments, writeFiles } from "./folder.ts";

const USAGE = `Writes the contract documents and the browser client's event types from the catalog and the manifest.

  npm run contract                     write ${CONTRACT_FOLDER} and ${CLIENT_EVENTS}
  npm run contract -- --check          name what is not current
  npm run contract -- --against REF    compare with a commit, a branch, a tag or a folder, and show who breaks

Exits with 1 if a generated file is not current, or if a breaking change is not in ${CONTRACT_FOLDER}/${WAIVERS}.
Exits with 2 if the command itself cannot be understood.`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(ROOT, CONTRACT_FOLDER);

/** Generated modules, by their path from the root. */
const modules = (): ReadonlyMap<string, string> => new Map([[CLIENT_EVENTS, clientEvents()]]);

const inFolder = (paths: readonly string[]): readonly string[] => paths.map((path) => `${CONTRACT_FOLDER}/${path}`);

/** The documents that the code describes now. */
async function currentDocuments(): Promise<ReadonlyMap<string, string>> {
  const { version }: { version: string } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  return contractDocuments(version);
}

async function write(): Promise<number> {
  const documents = await writeDocuments(FOLDER, await currentDocuments());
  for (const path of [...inFolder(documents), ...(await writeFiles(ROOT, modules()))]) console.log(`wrote ${path}`);
  return 0;
}

async function check(): Promise<number> {
  const documents = await staleDocuments(FOLDER, await currentDocuments());
  const stale = [...inFolder(documents), ...(await staleFiles(ROOT, modules()))];
  for (const path of stale) console.error(`${path} is not current. Run \`npm run contract\`.`);
  return stale.length > 0 ? 1 : 0;
}

async function against(name: string): Promise<number> {
  const before = await readContract(await sourceOf(ROOT, name));
  if (before === undefined) return fail(`${name} is no folder and no commit with contract documents.`);
  const documents = await currentDocuments();
  const after = await readContract(async (path) => documents.get(path));
  const waivers = await readFile(join(FOLDER, WAIVERS), "utf8").then(parseWaivers, () => []);
  const judged = judge(compareContracts(before, after ?? new Map()), waivers);
  for (const line of report(judged)) console.log(line);
  return judged.breaking.length > 0 ? 1 : 0;
}

function fail(message: string): number {
  console.error(`${message} Run \`npm run contract -- --help\` for the usage.`);
  return 2;
}

async function run(args: readonly string[]): Promise<number> {
  const options = { check: { type: "boolean" }, against: { type: "string" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) console.log(USAGE);
  else if (values.against !== undefined) return against(values.against);
  else return values.check ? check() : write();
  return 0;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: Error) => fail(error.message));
