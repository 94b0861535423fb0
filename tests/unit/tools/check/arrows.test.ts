import { describe, expect, it } from "vitest";
import { ARROWS, arrowFindings, unknownFolders } from "../../../../tools/check/arrows.ts";
import { importsIn } from "../../../../tools/check/imports.ts";

const problemsOf = (path: string, specifier: string) =>
  arrowFindings(path, `import { x } from "${specifier}";`).map(({ problem }) => problem);

describe("imports of a file", () => {
  it("finds every way to import, with its line", () => {
    const source = [
      'import "./a.ts";',
      'import type { B } from "./b.ts";',
      'export * from "./c.ts";',
      'const d = await import("./d.ts");',
      "export {",
      "  e,",
      '} from "./e.ts";',
    ].join("\n");
    expect(importsIn(source).map(({ line, specifier }) => `${line} ${specifier}`)).toEqual([
      "1 ./a.ts",
      "2 ./b.ts",
      "3 ./c.ts",
      "4 ./d.ts",
      "7 ./e.ts",
    ]);
  });

  it("ignores imports in comments and strings", () => {
    expect(importsIn('// import "./a.ts"\nconst text = \'import "./b.ts"\';')).toEqual([]);
  });
});

describe("arrows", () => {
  it("allows an import along an arrow, within a folder and of another library", () => {
    expect(problemsOf("packages/routing/src/plan.ts", "@realtime-gateway/events")).toEqual([]);
    expect(problemsOf("packages/routing/src/plan.ts", "./lanes.ts")).toEqual([]);
    expect(problemsOf("packages/routing/src/plan.ts", "zod/mini")).toEqual([]);
    expect(problemsOf("functions/auth/app.ts", "../http/body.ts")).toEqual([]);
  });

  it("reports an import against the arrows", () => {
    expect(problemsOf("packages/events/src/catalog.ts", "@realtime-gateway/routing")).toEqual([
      "packages/events must not import packages/routing: see tools/check/arrows.ts",
    ]);
    expect(problemsOf("packages/local/src/index.ts", "../../../tests/support/stack.ts")).toHaveLength(1);
  });

  it("reports one function that imports another", () => {
    expect(problemsOf("functions/webhook/app.ts", "../relay/relay.ts")).toHaveLength(1);
    expect(problemsOf("functions/publisher.ts", "./relay/relay.ts")).toHaveLength(1);
  });

  it("reports a relative import of another package", () => {
    expect(problemsOf("packages/routing/src/plan.ts", "../../events/src/index.ts")).toEqual([
      "a relative import of packages/events: import the package by its name",
    ]);
  });

  it("allows tests and tools to import everything", () => {
    expect(problemsOf("tests/unit/x.test.ts", "../../functions/relay/relay.ts")).toEqual([]);
  });

  it("reports a package that the table does not name", () => {
    expect(unknownFolders(["package.json", "packages/events/package.json", "packages/new/package.json"])).toMatchObject(
      [{ place: "packages/new/package.json" }],
    );
  });

  it("form no circle, except between a folder and the folders in it", () => {
    const reaches = (from: string, to: string): boolean =>
      (ARROWS[from] ?? []).some((next) => next === to || reaches(next, to));
    expect(Object.keys(ARROWS).filter((folder) => reaches(folder, folder))).toEqual([]);
  });
});
