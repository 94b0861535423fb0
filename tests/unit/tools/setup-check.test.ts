import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type Setup, setupProblem } from "../../../tools/setup-check.mjs";

const READY: Setup = {
  nodeVersion: "24.21.0",
  packages: ["esbuild", "node", "vitest"],
  env: {},
  isInstalled: () => true,
};
const problem = (changes: Partial<Setup>): string | undefined => setupProblem({ ...READY, ...changes });

describe("the check before every npm script", () => {
  it("finds nothing in an installed project on Node 24", () => {
    expect(problem({})).toBeUndefined();
  });

  it("reports npm ci if nothing is installed", () => {
    const text = "The project's packages are not installed. Run: npm ci";
    expect(problem({ isInstalled: () => false })).toBe(text);
    expect(problem({ isInstalled: () => false, nodeVersion: "20.20.2" })).toBe(text);
  });

  it.each([
    ["NODE_ENV=production", { NODE_ENV: "production" }],
    ["omit=dev", { npm_config_omit: "dev" }],
  ])("reports --include=dev if %s left packages out", (_cause, env) => {
    const isInstalled = (path: string): boolean => path !== "esbuild";
    expect(problem({ env, isInstalled })).toMatch(/such as esbuild\. NODE_ENV=production.*Run: npm ci --include=dev$/);
    expect(problem({ env, isInstalled: () => false })).toMatch(/Run: npm ci --include=dev$/);
    expect(problem({ env })).toBeUndefined();
  });

  it("names a package that is missing after an update of the project", () => {
    const isInstalled = (path: string): boolean => path !== "vitest";
    expect(problem({ isInstalled })).toBe("Packages are missing, such as vitest. Run: npm ci");
  });

  it("reports --ignore-scripts=false if npm skipped the install script of the package node", () => {
    const setup = { nodeVersion: "20.20.2", isInstalled: (path: string) => path !== "node/bin/node" };
    expect(problem(setup)).toMatch(/Run: npm ci --ignore-scripts=false$/);
  });

  it.each(["18.0.0", "20.20.2", "22.18.0", "24.1.0"])(
    "reports how to use the project's Node on Node %s",
    (nodeVersion) => {
      expect(problem({ nodeVersion })).toMatch(/^This is Node .*Node 24\.2 or newer.*npm start/);
    },
  );

  it.each(["24.2.0", "25.0.0", "100.0.0"])("accepts Node %s", (nodeVersion) => {
    expect(problem({ nodeVersion })).toBeUndefined();
  });
});

it("every npm script starts with the check, or with another script", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(manifest);
  const unchecked = Object.values(scripts).filter(
    (script) => !/^(?:node tools\/setup-check\.mjs && |npm run )/.test(script),
  );
  expect(unchecked).toEqual([]);
});
