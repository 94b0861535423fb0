import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { ANY_PORTS, type StartProcess, start } from "../support/start-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

it("the README's producer reaches the README's subscriber, with the variables that npm start prints", async () => {
  const gateway = start(["--no-demo", ...ANY_PORTS]);
  const env = await printedVariables(gateway);
  const [producer = "", subscriber = ""] = await examples();

  const listening = await run(subscriber, env);
  expect(await listening.line()).toBe("listening");
  await run(producer, env);

  expect(JSON.parse(await listening.line())).toMatchObject({ audit_id: "42", completed_steps: 3 });
});

/** The variables that `npm start` prints for another service's `.env`. */
async function printedVariables(gateway: StartProcess): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (let line = await gateway.line(); !line.startsWith("Ready"); line = await gateway.line()) {
    const [, name, value] = /^ {2}([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) variables[name] = value;
  }
  return variables;
}

async function examples(): Promise<string[]> {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  return [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((block) => block[1] ?? "");
}

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
