import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HTTP_PROBLEMS } from "@realtime-gateway/codes";
import { expect, it, onTestFinished } from "vitest";
import { createProblems, type RealtimeProblem } from "../../../packages/client/src/problems.ts";
import { blocksOf } from "../../support/doc-blocks.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const readme = await readFile(join(ROOT, "packages/client/README.md"), "utf8");

/** As Vite's and Next's templates compile. */
const COMPILER_OPTIONS = {
  allowImportingTsExtensions: true,
  jsx: "react-jsx",
  lib: ["es2024", "dom"],
  module: "esnext",
  moduleResolution: "bundler",
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: "es2022",
  types: [],
};

it("compiles every example of the README in a browser project", async () => {
  const folder = await mkdtemp(join(ROOT, "node_modules", ".client-readme-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const examples = blocksOf("packages/client/README.md").filter(({ language }) => /^tsx?$/.test(language));
  expect(examples.length).toBeGreaterThanOrEqual(6);
  for (const [at, { language, text }] of examples.entries())
    await writeFile(join(folder, `example-${at}.${language}`), text);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["*"] }));
  const output = await new Promise<string>((resolve) => {
    execFile(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder], (_, stdout, stderr) => resolve(stdout + stderr));
  });
  expect(output).toBe("");
}, 300_000);

it("has a row to link to for each code of the gateway that a page can get", () => {
  const codes = Object.entries(HTTP_PROBLEMS).filter(([, { from }]) => from === "all" || from.includes("auth"));
  expect(codes.length).toBeGreaterThanOrEqual(20);
  for (const [code] of codes) expect(readme).toContain(`| <a id="${code}"></a>\`${code}\` |`);
});

it("has a section for each code of the client", async () => {
  const reported: RealtimeProblem[] = [];
  const { report } = createProblems((problem) => reported.push(problem));
  const source = new URL("../../../packages/client/src/", import.meta.url);
  const texts = await Promise.all(
    ["authorize", "channels", "connection", "problems", "refetch", "subscription", "sign-in"].map((name) =>
      readFile(new URL(`${name}.ts`, source), "utf8"),
    ),
  );
  const codes = new Set([...texts.join("").matchAll(/"((?:[a-z]+_)+[a-z]+)"/g)].map(([, code = ""]) => code));
  for (const code of [...codes].filter((name) => !["socket_id"].includes(name))) {
    report("a source", { code, detail: "" });
    expect(readme).toContain(`\n### ${code}\n`);
  }
  expect(reported.length).toBeGreaterThanOrEqual(8);
  for (const { code, docs } of reported) expect(docs.endsWith(`#${code}`)).toBe(true);
});
