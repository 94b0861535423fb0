import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import * as z from "zod/mini";
import { plainVariables } from "../../infra/settings/deployment.ts";
import { stageSettings } from "../../infra/settings/stage.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = new URL(".github/workflows/", ROOT);
const text = (url: URL): string => readFileSync(url, "utf8");

const Workflow = z.object({
  on: z.looseObject({}),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.number(),
      permissions: z.optional(z.record(z.string(), z.string())),
      strategy: z.optional(z.looseObject({ matrix: z.record(z.string(), z.array(z.string())) })),
      steps: z.array(
        z.looseObject({
          uses: z.optional(z.string()),
          run: z.optional(z.string()),
          env: z.optional(z.record(z.string(), z.string())),
        }),
      ),
    }),
  ),
});

function read(file: string) {
  const document = parseDocument(text(new URL(file, FOLDER)), { uniqueKeys: true });
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
  return Workflow.parse(document.toJS());
}

/** Every npm script that a job runs, once for each suite of its matrix. */
function scriptsOf(job: z.infer<typeof Workflow>["jobs"][string]): readonly string[] {
  const suites = job.strategy?.matrix.suite ?? [""];
  const commands = job.steps.flatMap(({ run = "" }) =>
    suites.map((suite) => run.replace(/\$\{\{ matrix\.suite \}\}/, suite)),
  );
  return commands.flatMap((command) => /npm (?:run (?:--silent )?)?([\w:]+)/.exec(command)?.[1] ?? []);
}

const Scripts = z.object({ scripts: z.record(z.string(), z.string()) });
const { scripts } = Scripts.parse(JSON.parse(text(new URL("package.json", ROOT))));

describe.each(readdirSync(FOLDER))("the workflow %s", (file) => {
  const workflow = read(file);
  const jobs = Object.entries(workflow.jobs);

  it.each(jobs)("%s runs existing scripts and has a timeout", (_, job) => {
    for (const script of scriptsOf(job)) expect([...Object.keys(scripts), "ci"]).toContain(script);
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  });

  it("pins each action to a commit, and names the version beside it", () => {
    const uses = [...text(new URL(file, FOLDER)).matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(uses).not.toEqual([]);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(jobs)("%s puts no text that an outsider controls into a command", (_, job) => {
    for (const { run = "" } of job.steps) expect(run).not.toMatch(/\$\{\{\s*(?:github|inputs)\./);
  });
});

describe("pull requests", () => {
  const { permissions, jobs } = read("check.yml");

  it("run every check, test, synthesis and size report with read permission only", () => {
    const run = Object.values(jobs).flatMap(scriptsOf);
    for (const script of ["check", "test:unit", "test:integration", "test:e2e", "test:infra", "size"])
      expect(run).toContain(script);
    expect(permissions).toEqual({ contents: "read" });
  });
});

describe("a deployment", () => {
  const { permissions, jobs, on } = read("deploy.yml");
  const steps = jobs.deploy?.steps ?? [];

  it("runs on a tag, after the tests, with short-lived credentials", () => {
    expect(on).toEqual({ push: { tags: ["v*"] }, workflow_dispatch: null });
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.test).toMatchObject({ if: "github.ref_type == 'tag'" });
    expect(jobs.deploy).toMatchObject({ needs: "test", environment: "production" });
    const order = steps.map(({ uses, run }) => uses?.split("@")[0] ?? run);
    expect(order.slice(-2)).toEqual(["aws-actions/configure-aws-credentials", "npm run deploy -- --stage production"]);
  });

  it("runs the tests in a job that can get no credentials", () => {
    const asks = Object.entries(jobs).filter(([, job]) => job.permissions?.["id-token"] === "write");
    expect(asks.map(([name]) => name)).toEqual(["deploy"]);
    expect(jobs.test && scriptsOf(jobs.test)).toContain("test");
    expect(jobs.deploy && scriptsOf(jobs.deploy)).toEqual(["ci", "deploy"]);
  });

  it("gets every setting that is no secret, and no secret", () => {
    const expected = [...plainVariables(), ...Object.keys(stageSettings.variables)];
    expect(steps.at(-1)?.env).toEqual(Object.fromEntries(expected.map((name) => [name, `\${{ vars.${name} }}`])));
    expect(JSON.stringify(jobs)).not.toContain("secrets.");
  });
});
