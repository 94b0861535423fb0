import { ROUTES } from "@realtime-gateway/functions/manifest";
import { everySetting, SETTING_DOCS } from "@realtime-gateway/settings";
import { expect, it } from "vitest";
import { PAGES_WITH_TABLES, pageWithTables } from "../../../../tools/docs/docs-tables.ts";
import { httpRoutes } from "../../../support/http-routes.ts";

it.each(PAGES_WITH_TABLES)("the tables of %s say what the code does (npm run docs writes them)", async (page) => {
  const { current, expected } = await pageWithTables(page);

  expect(current).toContain("<!-- table: ");
  expect(current).toBe(expected);
});

it("the table of routes has every app's, and no other", () => {
  expect(httpRoutes().map(({ path }) => path)).toEqual(ROUTES.map(({ path }) => path));
});

it.each(httpRoutes())("the README says what $method $path does", ({ does }) => {
  expect(does).not.toBe("");
});

it("every setting is told of, and no other", () => {
  expect(Object.keys(SETTING_DOCS)).toEqual(Object.keys(everySetting.variables));
});
