import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Check, type CheckResult, runChecks } from "./run-checks.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const installed = (name: string, command: string, ...args: readonly string[]): Check => ({
  name,
  command: [`node_modules/.bin/${command}`, ...args],
});
const own = (name: string): Check => ({ name, command: [process.execPath, `tools/check/${name}.ts`] });

/** The slowest come first, so that the whole ends sooner. */
const CHECKS: readonly Check[] = [
  installed("lint", "biome", "check", "--error-on-warnings"),
  installed("types", "tsc", "-p", "tsconfig.json"),
  installed("spelling", "cspell", "--no-progress", "--dot", "**/*.{md,ts,tsx,json,jsonc,yml,yaml}"),
  installed("browser", "tsc", "-p", "tsconfig.browser.json"),
  installed("example", "tsc", "-p", "examples/web/tsconfig.json"),
  installed("console", "tsc", "-p", "tsconfig.console.json"),
  installed("markdown", "markdownlint-cli2", "**/*.md"),
  installed(
    "documents",
    "redocly",
    "lint",
    "--config=tools/contract/redocly.yaml",
    "docs/contract/asyncapi.yaml",
    "docs/contract/local.yaml",
    "docs/contract/openapi.yaml",
    "docs/contract/pusher-server.yaml",
  ),
  { name: "contract", command: [process.execPath, "tools/contract/main.ts", "--check"] },
  own("prose"),
  own("pages"),
  own("arrows"),
  own("names"),
];

const run = ({ command: [file = "", ...args] }: Check): Promise<CheckResult> =>
  new Promise((resolve) => {
    execFile(file, args, { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) =>
      resolve({ passed: error === null, output: stdout + stderr || String(error) }),
    );
  });

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`No check is named ${unknown.join(", ")}. The checks: ${CHECKS.map(({ name }) => name).join(", ")}.`);
  process.exitCode = 2;
} else {
  const checks = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const effects = { run, print: (line: string) => console.log(line), nowMs: () => performance.now() };
  const passed = await runChecks(checks, availableParallelism(), effects);
  process.exitCode = passed ? 0 : 1;
}
