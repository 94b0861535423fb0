import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { createScratchProject, type ScratchProject } from "../support/scratch-project.ts";
import { FUNCTION } from "./deployed.ts";
import { FunctionInputs } from "./function-inputs.ts";
import { STAGES } from "./stages.ts";
import type { Synthesis } from "./synth/synthesis.ts";
import { PROJECT_ROOT, synthesize } from "./synth/synthesize.ts";

/** The folder of the new function: it returns the names of the settings that it gets. */
const FOLDER = {
  "settings.ts": `import { createGroup, optional, matching } from "@realtime-gateway/settings";
export const echoSettings = createGroup({ REALTIME_ECHO: optional(matching(/./, "must be text")) }, (env) => env);
`,
  "handler.ts": `export const handler = async () => ({
  statusCode: 200,
  body: Object.keys(process.env).filter((name) => /^(?:PUSHER|REALTIME)_/.test(name)).join(),
});
`,
};
const IMPORT = 'import { echoSettings } from "./echo-settings/settings.ts";\n';
const ENTRY = '  "echo-settings": http("echo-settings/handler.ts", echoSettings, [route("Echo", "/echo")]),\n';
const END_OF_TABLE = "} as const satisfies FunctionTable;";

/** Builds the functions and serves them locally, in a process of the copy. Prints the answer of the new function. */
const BUILD_AND_SERVE = `
import { buildFunctions } from "./tools/build.ts";
import { startStack } from "./packages/local/src/index.ts";
await buildFunctions();
const env = { REALTIME_ECHO: "1", REALTIME_TEST_TOKEN: "token" };
const stack = await startStack({ httpPort: 0, sqsPort: 0, pusherPort: 0, env });
const answer = await fetch(stack.apiUrl + "/echo");
process.stdout.write(answer.status + " " + await answer.text());
await stack.stop();
`;

const TSCONFIG = {
  extends: "./tsconfig.json",
  include: ["functions", "infra/settings", "packages", "tools/build.ts", "tools/docs"],
};

/** SST's platform has 300 MB, so the copy shares the one of the project. Without the lock, SST would install it again. */
async function shareSstPlatform(root: string): Promise<void> {
  await mkdir(join(root, ".sst"));
  await symlink(join(PROJECT_ROOT, ".sst/platform"), join(root, ".sst/platform"));
  await cp(join(PROJECT_ROOT, ".sst/provider-lock.json"), join(root, ".sst/provider-lock.json"));
}

describe("a fifth function, which is one folder and one entry in the table,", () => {
  let project: ScratchProject;

  beforeAll(async () => {
    project = await createScratchProject();
    await shareSstPlatform(project.root);
    for (const [name, text] of Object.entries(FOLDER)) await project.write(`functions/echo-settings/${name}`, text);
    const table = await project.read("functions/manifest.ts");
    expect(table).toContain(END_OF_TABLE);
    await project.write("functions/manifest.ts", IMPORT + table.replace(END_OF_TABLE, ENTRY + END_OF_TABLE));
  });
  afterAll(() => project.remove());

  it("needs no other change to compile", async () => {
    await project.write("tsconfig.scratch.json", JSON.stringify(TSCONFIG));
    expect(await project.run("tsc", "-p", "tsconfig.scratch.json")).toMatchObject({ code: 0, stdout: "" });
  });

  it("is built, and served locally with only the settings that it reads", async () => {
    const { stdout } = await project.run("node", "--input-type=module", "--eval", BUILD_AND_SERVE);
    expect(stdout).toBe("200 REALTIME_ECHO");
  });

  it("makes the generated tables stale until npm run docs writes them", async () => {
    const stale = "docs/deploy.md: stale tables: functions. Run `npm run docs`.";
    expect(await project.run("node", "tools/docs/main.ts")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(stale),
    });
    await project.run("node", "tools/docs/main.ts", "--write");
    expect(await project.run("node", "tools/docs/main.ts")).toMatchObject({ code: 0, stderr: "" });
  });

  describe("is synthesized", () => {
    let synthesis: Synthesis;
    const one = (type: string, name: string) =>
      synthesis.resources.find((resource) => resource.type === type && resource.name === name)?.inputs;
    const functionOf = (logical: string) => FunctionInputs.parse(one(FUNCTION, `${logical}Function`));

    beforeAll(async () => {
      const stage = { ...STAGES.ci, env: { ...STAGES.ci.env, REALTIME_ECHO: "1" } };
      const run = await synthesize(stage, project.root);
      if (run.exitCode !== 0 || run.synthesis === undefined) throw new Error(run.output);
      synthesis = run.synthesis;
    });

    it("with the timeout, the memory and the variables of its entry", () => {
      expect(functionOf("EchoSettings")).toMatchObject({
        name: "realtime-gateway-ci-echo-settings",
        timeout: 10,
        memorySize: 256,
        environment: { variables: { NODE_OPTIONS: "--enable-source-maps", REALTIME_ECHO: "1" } },
      });
    });

    it("beside the other functions, which do not get its variables", () => {
      const functions = synthesis.resources.filter(({ type }) => type === FUNCTION);
      expect(functions).toHaveLength(FUNCTION_NAMES.length + 1);
      for (const name of FUNCTION_NAMES)
        expect(functionOf(logicalName(name)).environment.variables).not.toHaveProperty("REALTIME_ECHO");
    });

    it("with its route, its log group and its graphs on the dashboard", () => {
      const routes = synthesis.resources.filter(({ type }) => type === "aws:apigatewayv2/route:Route");
      expect(routes.map(({ inputs }) => inputs.routeKey)).toContain("ANY /api/realtime/pusher/echo");
      expect(one("aws:cloudwatch/logGroup:LogGroup", "EchoSettingsLogs")).toMatchObject({
        name: "/aws/lambda/realtime-gateway-ci-echo-settings",
      });
      const { dashboardBody } = z
        .object({ dashboardBody: z.string() })
        .parse(one("aws:cloudwatch/dashboard:Dashboard", "Dashboard"));
      expect(dashboardBody).toContain("realtime-gateway-ci-echo-settings");
    });
  });
});
