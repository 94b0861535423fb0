import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { blocksOf } from "../support/doc-blocks.ts";
import { ANY_PORTS, printedVariables, start } from "../support/start-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

it("the README's producer reaches the README's subscriber, with the variables that npm start prints", async () => {
  const gateway = start(["--no-demo", ...ANY_PORTS]);
  const env = await printedVariables(gateway);
  const examples = blocksOf("README.md").filter(({ language }) => language === "js");
  const [producer = "", subscriber = "", ...others] = examples.map(({ text }) => text);
  expect(others).toEqual([]);

  const listening = await run(subscriber, env);
  expect(await listening.line()).toBe("listening");
  await run(producer, env);

  expect(JSON.parse(await listening.line())).toMatchObject({ audit_id: "42", completed_steps: 3 });
});

/** Runs an example as a module of a project in which its imports are installed. */
async function run(source: string, env: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(ROOT, "node_modules", ".readme-example-"));
  await writeFile(join(folder, "example.mjs"), source);
  const child = spawn(process.execPath, [join(folder, "example.mjs")], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { line: async (): Promise<string> => String((await lines.next()).value) };
}
