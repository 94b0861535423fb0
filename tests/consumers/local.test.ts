import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPackedProject, type PackedProject } from "../support/packed-project.ts";

/** `node` and `node22` are two versions of Node. */
const PACKAGES = ["node22@npm:node@22.13.1", "node@24.21.0", "typescript@5.9.3", "@types/node@24.19.2", "vitest@3.2.4"];
const NODES = [
  ["22.13", "node_modules/node22/bin/node"],
  ["24", "node_modules/node/bin/node"],
];

const MAIN = `
  import { EventNotArrivedError, startGateway } from "@realtime-gateway/local";

  const gateway = await startGateway();
  for (let test = 1; test <= 100; test += 1) {
    const { id } = await gateway.send("notification", { type: "info", message: "test " + test });
    const { data } = await gateway.waitFor({ event: "notification" }, { timeoutMs: 30000 });
    if (data.message !== "test " + test) throw new Error("got " + data.message);
    await gateway.reset();
    if (gateway.explain(id) !== undefined) throw new Error("not reset");
  }
  const missed = await gateway.waitFor({ event: "notification" }, { timeoutMs: 0 }).catch((error) => error);
  await gateway.close();
  console.log(JSON.stringify({ node: process.version, isNotArrived: missed instanceof EventNotArrivedError }));
`;

/** Each file has its own gateway, and all send the same events. */
const WORKER_TEST = `
  import { startGateway } from "@realtime-gateway/local";
  import { afterAll, beforeEach, expect, it } from "vitest";

  const gateway = await startGateway();
  beforeEach(() => gateway.reset());
  afterAll(() => gateway.close());
  const audit = { audit_id: "42", total_steps: 100, failed_steps: 0, current_phase: "analysis" };

  it.each(Array.from({ length: 25 }, (_, index) => index))("receives its own event %i only", async (step) => {
    const mine = FILE * 1000 + step;
    await gateway.send("audit.progress", { ...audit, completed_steps: mine });
    const { data } = await gateway.waitFor({ channel: "private-audit-42" }, { timeoutMs: 30_000 });
    expect(data).toMatchObject({ completed_steps: mine });
  }, 60_000);
`;
const USE = `
  import { type Arrival, connectGateway, type Gateway, startGateway } from "@realtime-gateway/local";
  import type {} from "@realtime-gateway/local/vitest";
  import { inject } from "vitest";

  export const shared = await connectGateway(inject("realtimeGateway").urls.http);
  export const first = (gateway: Gateway): Promise<Arrival> => gateway.waitFor({ event: "audit.started" });
  await using gateway = await startGateway({ auth: { mode: "proxy", secret: "x".repeat(32) } });
`;
const WRONG = `
  import { startGateway } from "@realtime-gateway/local";

  const gateway = await startGateway();
  await gateway.send("notification", { type: "info", message: 5 });
`;
const COMPILER_OPTIONS = {
  target: "es2022",
  lib: ["es2022", "dom", "esnext.disposable"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
};

let project: PackedProject;
beforeAll(async () => {
  project = await createPackedProject(["local"]);
  await project.install(...PACKAGES);
});
afterAll(() => project.remove());

describe("a project that installs the tarball of the local gateway", () => {
  it.each(NODES)("sends, finds and resets a hundred times on Node %s", async (version, node) => {
    await project.write("main.mjs", MAIN);
    const { code, output } = await project.run(node, ["--no-warnings", "main.mjs"]);
    expect(code, output).toBe(0);
    const expected = { node: expect.stringContaining(`v${version}.`), isNotArrived: true };
    expect(JSON.parse(output)).toEqual(expected);
  });

  it("runs four workers of vitest in parallel, each with a gateway of its own", async () => {
    for (const file of [1, 2, 3, 4]) await project.write(`w${file}.test.ts`, WORKER_TEST.replace("FILE", `${file}`));
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--no-color",
      "--pool=forks",
      "--maxWorkers=4",
      "--minWorkers=4",
    ];
    const { output } = await project.run("node_modules/node/bin/node", args);
    expect(output).toMatch(/Tests\s+100 passed/);
  });

  it.each([
    ["nodenext", { module: "nodenext" }],
    ["bundler", { module: "preserve", moduleResolution: "bundler" }],
  ])(
    "compiles under strict TypeScript with module resolution %s, and a wrong payload does not",
    async (_, settings) => {
      const compile = async (file: string): Promise<string> => {
        const compilerOptions = { ...COMPILER_OPTIONS, ...settings };
        await project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
        return (await project.run("node_modules/.bin/tsc", ["-p", "."])).output;
      };
      await project.write("use.ts", USE);
      await project.write("wrong.ts", WRONG);
      expect(await compile("use.ts")).toBe("");
      expect(await compile("wrong.ts")).toMatch(/error TS2322: Type 'number' is not assignable to type 'string'/);
    },
  );

  it("has a command under the name of the package, which ends with the exit code of its program", async () => {
    const args = ["--no-install", "@realtime-gateway/local", "exec", "--", "sh", "-c", "exit 7"];
    expect(await project.run("npx", args)).toMatchObject({ code: 7 });
  });
});
