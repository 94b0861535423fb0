import { globSync, readFileSync } from "node:fs";
import { transform } from "esbuild";
import { expect, it } from "vitest";

const ROOT = new URL("../../../", import.meta.url);

/** The packages that functions import. */
const IN_FUNCTIONS = "access,codes,dead-letter,events,pusher,routing,settings";

const classes = globSync(["functions/**/*.ts", `packages/{${IN_FUNCTIONS}}/src/**/*.ts`], { cwd: ROOT }).flatMap(
  (path) => {
    const source = readFileSync(new URL(path, ROOT), "utf8");
    return [...source.matchAll(/class (\w+)[^{]* extends Error/g)].map(([, name = ""]) => ({ name, source }));
  },
);

it("finds the errors of the functions", () => {
  expect(classes.map(({ name }) => name)).toEqual(expect.arrayContaining(["ConfigError", "NotAnSqsBatchError"]));
});

// Lambda's JSON log has the name of the class as `errorType`.
it.each(classes)("$name keeps its name as a class and as an error in a minified bundle", async ({ name, source }) => {
  const { code } = await transform(source, { loader: "ts", minify: true });
  expect(code).toMatch(new RegExp(`extends Error\\{static name="${name}";name="${name}"`));
});
