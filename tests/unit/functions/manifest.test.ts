import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  BASE_PATH,
  FUNCTION_NAMES,
  FUNCTIONS,
  type FunctionTable,
  mapFunctions,
  routesOf,
  variablesOf,
} from "../../../functions/manifest.ts";

describe("the table of functions", () => {
  const table: FunctionTable = FUNCTIONS;

  it.each(FUNCTION_NAMES)("names an existing module for %s", (name) => {
    const module = new URL(`../../../functions/${table[name]?.entry}`, import.meta.url);
    expect(existsSync(module)).toBe(true);
  });

  it("gives routes to HTTP functions only", () => {
    for (const { trigger, routes } of Object.values(table)) expect(routes.length > 0).toBe(trigger === "http");
  });

  it("has one queue function, because two would each get only a part of the messages", () => {
    expect(Object.values(table).filter(({ trigger }) => trigger === "queue")).toHaveLength(1);
  });

  it("uses each path and each id of a route once, below the base path", () => {
    const routes = routesOf(FUNCTIONS);
    expect(new Set(routes.map(({ path }) => path)).size).toBe(routes.length);
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
    for (const { path } of routes) expect(path.startsWith(`${BASE_PATH}/`)).toBe(true);
  });

  it("lists a variable once, even if several functions read it", () => {
    const variables = variablesOf(FUNCTIONS);
    expect(new Set(variables).size).toBe(variables.length);
    expect(variables).toEqual(expect.arrayContaining(["PUSHER_KEY", "REALTIME_DLQ_URL", "REALTIME_TEST_TOKEN"]));
  });
});

describe("the functions of any table", () => {
  const twoFunctions = { first: FUNCTIONS.auth, second: { ...FUNCTIONS.webhook, timeoutSeconds: 3 } };

  it("become one value each", () => {
    expect(mapFunctions(twoFunctions, (name, { timeoutSeconds }) => `${name} ${timeoutSeconds}`)).toEqual({
      first: "first 10",
      second: "second 3",
    });
  });

  it("keep their routes in the order of the table", () => {
    expect(routesOf(twoFunctions).map(({ functionName, id }) => `${functionName} ${id}`)).toEqual([
      "first Auth",
      "first UserAuth",
      "first Health",
      "second Webhook",
    ]);
  });
});
