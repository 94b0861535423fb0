import { FUNCTION_NAMES, FUNCTIONS } from "@realtime-gateway/functions/manifest";
import { describe, expect, it } from "vitest";
import { leastEnvironment } from "../../support/environment.ts";
import { runBundle } from "../../support/lonely-bundle.ts";

describe.each(FUNCTION_NAMES)("the bundle of %s, alone in a folder", (name) => {
  const reads = (variable: string): boolean => Object.hasOwn(FUNCTIONS[name].settings.variables, variable);

  it("exports only a handler and leaves nothing running", async () => {
    const { exitCode, exported, stderr, files } = await runBundle(name, leastEnvironment);
    expect({ exitCode, exported, stderr, files }).toEqual({
      exitCode: 0,
      exported: ["handler"],
      stderr: "",
      files: ["index.mjs"],
    });
  });

  it("stops at start without its environment and names every missing variable once", async () => {
    const { exitCode, exported, stderr } = await runBundle(name, {});
    expect({ exitCode, exported }).toEqual({ exitCode: 1, exported: [] });
    for (const variable of Object.keys(leastEnvironment).filter(reads))
      expect(stderr.match(new RegExp(`^- ${variable} is missing`, "gm"))).toHaveLength(1);
  });

  it("stops at start with a malformed environment and names every fault, but no value", async () => {
    const wrong = { PUSHER_SECRET: "s3cr3t with space", PUSHER_PORT: "s3cr3tport", PUSHER_DRY_RUN: "s3cr3tflag" };
    const { exitCode, stderr } = await runBundle(name, { ...leastEnvironment, ...wrong });
    expect(exitCode).toBe(1);
    expect([...stderr.matchAll(/^- (\w+)/gm)].map(([, variable]) => variable).sort()).toEqual(
      Object.keys(wrong).filter(reads).sort(),
    );
    expect(stderr).not.toContain("s3cr3t");
  });
});

it("runs on Node 24, as on Lambda", () => {
  expect(process.version).toMatch(/^v24\./);
});
