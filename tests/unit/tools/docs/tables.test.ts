import { FUNCTIONS, routesOf, variablesOf } from "@realtime-gateway/functions/manifest";
import { SETTING_DOCS } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { generate, PAGES, readPage } from "../../../../tools/docs/pages.ts";
import { httpRoutes } from "../../../support/http-routes.ts";

it.each(PAGES)("%s has the tables that the code generates (npm run docs writes them)", async (page) => {
  const { current, expected, staleTables } = await readPage(page);

  expect(staleTables).toEqual([]);
  expect(current).toContain("<!-- table: ");
  expect(current).toBe(expected);
});

it("the table of routes lists the routes of every app", () => {
  expect(httpRoutes().map(({ path }) => path)).toEqual(routesOf(FUNCTIONS).map(({ path }) => path));
});

it.each(httpRoutes())("the README explains $method $path", ({ does }) => {
  expect(does).not.toBe("");
});

it("the README explains every setting, in the order of the functions", () => {
  expect(Object.keys(SETTING_DOCS)).toEqual(variablesOf(FUNCTIONS));
});

describe("the generated text", () => {
  const tables = new Map([
    ["fruit", () => "| apple |"],
    ["trees", () => "| oak |"],
  ]);
  const page = (fruit: string) =>
    `# Page\n\n<!-- table: fruit -->\n${fruit}<!-- /table -->\n\n<!-- table: trees -->\n\n| oak |\n\n<!-- /table -->\n`;

  it("names the stale table and corrects it", () => {
    const { expected, staleTables } = generate(page("\n| pear |\n\n"), tables);
    expect(staleTables).toEqual(["fruit"]);
    expect(expected).toBe(page("\n| apple |\n\n"));
  });

  it("is the page itself if no table is stale", () => {
    const current = page("\n| apple |\n\n");
    expect(generate(current, tables)).toEqual({ current, expected: current, staleTables: [] });
  });

  it("does not replace a table that the tool cannot generate", () => {
    const unknown = "<!-- table: stones -->\n<!-- /table -->\n";
    expect(() => generate(unknown, tables)).toThrow("No table is called stones; the tables are fruit,trees");
  });
});
