import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { PusherJs, type Stack, startStack } from "@realtime-gateway/local";
import { expect, it, onTestFinished } from "vitest";
import { FUNCTION_NAMES, type FunctionName } from "../../functions/manifest.ts";
import { bundleOptions } from "../../tools/build.ts";
import { type FunctionBuild, watchFunctions } from "../../tools/watch-functions.ts";
import { createInbox } from "../support/stack.ts";
import { ANY_PORTS } from "../support/start-process.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const DEV = fileURLToPath(new URL("../../tools/dev.ts", import.meta.url));
const answering = (text: string): string =>
  `export const handler = async () => ({ statusCode: 200, body: "${text}" });`;

/** A stack whose functions are built into a folder of the test, one of them from a source of the test. */
async function watchedStack() {
  const { path: folder, remove } = await createTemporaryFolder("dev");
  onTestFinished(remove);
  const source = join(folder, "test-event.ts");
  const bundleOf = (name: FunctionName): string => join(folder, name, "index.mjs");
  const builds = createInbox<FunctionBuild<FunctionName>>();
  await writeFile(source, answering("old"));
  const watch = await watchFunctions({
    names: FUNCTION_NAMES,
    optionsOf: (name) => ({
      ...bundleOptions(name),
      ...(name === "test-event" && { entryPoints: [source] }),
      outfile: bundleOf(name),
    }),
    onRebuild: builds.put,
  });
  onTestFinished(() => watch.stop());
  const stack = await startStack({ httpPort: 0, sqsPort: 0, pusherPort: 0, bundleOf });
  onTestFinished(() => stack.stop());
  const answer = async (): Promise<string> => (await fetch(`${stack.apiUrl}/test`, { method: "POST" })).text();
  /** Replaces the source at once: the watch must not build a file that is half written. */
  async function change(text: string): Promise<void> {
    await writeFile(`${source}.new`, text);
    await rename(`${source}.new`, source);
  }
  return { stack, answer, change, nextBuild: builds.take };
}

async function connect({ pusher: { key, client } }: Stack) {
  const browser = new PusherJs(key, client);
  onTestFinished(() => browser.disconnect());
  await new Promise((resolve) => browser.connection.bind("connected", resolve));
  return browser.connection;
}

it("a changed function runs after its build, and connections remain", async () => {
  const { stack, answer, change, nextBuild } = await watchedStack();
  const connection = await connect(stack);
  const socketId = connection.socket_id;
  expect(await answer()).toBe("old");

  await change(answering("new"));
  const build = await nextBuild();
  await stack.restartFunction(build.name);

  expect(build).toEqual({ name: "test-event", tookMs: expect.any(Number) });
  expect(await answer()).toBe("new");
  expect([connection.state, connection.socket_id]).toEqual(["connected", socketId]);
});

it("a build error names the place, and the old function keeps running", async () => {
  const { answer, change, nextBuild } = await watchedStack();

  await change("export const handler = (;");

  expect((await nextBuild()).error).toMatch(/test-event\.ts:1:\d+/);
  expect(await answer()).toBe("old");
});

it("npm run dev takes the flags of npm start, and stops cleanly at Ctrl-C", async () => {
  const dev = spawn(process.execPath, [DEV, "--json", ...ANY_PORTS], { env: {}, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void dev.kill("SIGKILL"));
  const exited = once(dev, "exit");
  const lines: unknown[] = [];
  const output = createInterface({ input: dev.stdout });
  output.on("line", (line) => lines.push(JSON.parse(line)));
  await once(output, "line");

  dev.kill("SIGINT");

  expect(await exited).toEqual([0, null]);
  expect([lines[0], lines.at(-1)]).toMatchObject([{ ready: true }, { type: "summary" }]);
});
