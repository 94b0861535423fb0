import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyStep, recipeSteps } from "../support/recipe.ts";
import { createScratchProject, type ScratchProject } from "../support/scratch-project.ts";

/** The unit tests that read the catalog. */
const AFFECTED = [
  "tests/unit/events",
  "tests/unit/routing",
  "tests/unit/functions/auth/policy.test.ts",
  "tests/unit/tools/docs",
];

describe("a family with a new kind of channel, added as CONTRIBUTING shows", () => {
  let project: ScratchProject;

  beforeAll(async () => {
    project = await createScratchProject();
    const steps = recipeSteps("CONTRIBUTING.md", "Add a family");
    expect(steps.map(({ kind }) => kind)).toEqual(["file", "change", "change", "file", "change", "change"]);
    for (const step of steps) await applyStep(project, step);
  });
  afterAll(() => project.remove());

  it("compiles without another change", async () => {
    expect(await project.run("tsc", "-p", "tsconfig.json")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("updates the tables of the docs", async () => {
    expect(await project.run("node", "tools/docs/main.ts", "--write")).toMatchObject({ code: 0 });
    expect(await project.read("README.md")).toContain("| `invoice.paid` | invoice of `invoice_id` |");
    expect(await project.read("README.md")).toContain("`private-invoice-{invoiceId}`");
    expect(await project.read("docs/events.md")).toContain("### invoice.paid\n\nA customer has paid an invoice.\n");
  });

  it("passes the unit tests, which no one changed", async () => {
    const { code, stdout, stderr } = await project.run(
      "vitest",
      "run",
      "--project",
      "unit",
      "--reporter=dot",
      ...AFFECTED,
    );
    expect({ code, failures: (stdout + stderr).match(/FAIL.*/g) ?? [] }).toEqual({ code: 0, failures: [] });
  });

  it("routes the new event to the new channel, and authorizes a user with a grant for it", async () => {
    await project.write(
      "try.ts",
      `import { route, buildChannel, parseChannel } from "@realtime-gateway/routing";
import { definitionOf } from "@realtime-gateway/events";
const sample = definitionOf("invoice.paid")?.sample;
console.log(JSON.stringify([route({ name: "invoice.paid", data: Object(sample), json: JSON.stringify(sample) }, "private"), parseChannel("presence-invoice-7")]));
`,
    );
    const { stdout } = await project.run("node", "try.ts");
    expect(JSON.parse(stdout)).toMatchObject([
      { ok: true, value: { channels: ["private-invoice-inv-1"] } },
      { channel: { kind: "invoice", id: "7" }, form: "presence" },
    ]);
  });
});
