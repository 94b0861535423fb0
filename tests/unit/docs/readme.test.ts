import { expect, it } from "vitest";
import { httpRoutes } from "../../support/http-routes.ts";
import { readmeWithTables } from "../../support/readme-tables.ts";

it("the README's tables say what the code does (npm run docs writes them)", async () => {
  const { current, expected } = await readmeWithTables();

  expect(current).toBe(expected);
});

it.each(httpRoutes())("the README says what $method $path does", ({ does }) => {
  expect(does).not.toBe("");
});
