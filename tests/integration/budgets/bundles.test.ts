import { stat } from "node:fs/promises";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/manifest";
import { describe, expect, it } from "vitest";
import { BUNDLE_BUDGETS } from "../../../tools/bundle-budgets.ts";
import { apiEvent } from "../../support/api-event.ts";
import { cloudEvent } from "../../support/envelopes.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { importing, modulesLoadedBy, told } from "../../support/fresh-process.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

describe("a bundle", () => {
  it.each(FUNCTION_NAMES)("is not larger than its budget: %s", async (name) => {
    expect((await stat(bundlePath(name))).size).toBeLessThanOrEqual(BUNDLE_BUDGETS[name]);
  });
});

const PATH = "/api/realtime/pusher";
const JSON_BODY = { "content-type": "application/json" };
const subscription = JSON.stringify({ socket_id: "1.2", channel_name: "presence-audit-42" });

/** A first request for each HTTP function. */
const FIRST_EVENTS = {
  auth: apiEvent({ method: "POST", path: `${PATH}/auth`, headers: JSON_BODY, body: subscription }),
  "test-event": apiEvent({ method: "POST", path: `${PATH}/test`, headers: JSON_BODY, body: "{}" }),
  webhook: apiEvent({ method: "POST", path: `${PATH}/webhook`, headers: JSON_BODY, body: "{}" }),
} as const;

const ORIGIN = "https://app.example";

const ENVIRONMENT = { ...leastEnvironment, PUSHER_DRY_RUN: "1" };

const loadedModules = (name: FunctionName, event?: object): Promise<readonly string[]> =>
  modulesLoadedBy(importing(bundlePath(name), event), ENVIRONMENT);

/** It takes 36 ms of CPU in a cold start, and 18 µs in each request. */
const UNDICI = expect.stringContaining("undici/undici");

describe("undici", () => {
  it.each(FUNCTION_NAMES)("is not loaded when %s is imported", async (name) => {
    expect(await loadedModules(name)).not.toContainEqual(UNDICI);
  });

  it.each(["auth", "test-event", "webhook"] as const)("is not loaded by the first request to %s", async (name) => {
    expect(await loadedModules(name, FIRST_EVENTS[name])).not.toContainEqual(UNDICI);
  });

  it.each(["POST", "OPTIONS", "HEAD"])("is not loaded by a %s request of a web page", async (method) => {
    const { headers } = FIRST_EVENTS.auth;
    const event = apiEvent({
      method,
      path: `${PATH}/auth`,
      headers: { ...headers, origin: ORIGIN },
      body: subscription,
    });
    const env = { ...ENVIRONMENT, REALTIME_ALLOWED_ORIGINS: ORIGIN };
    expect(await modulesLoadedBy(importing(bundlePath("auth"), event), env)).not.toContainEqual(UNDICI);
  });
});

/** An `import` loads every export of these modules. That costs nothing measurable (docs/decisions/011). */
const LOADED_WHOLE = new Set(["node:crypto", "node:https"]);

/** Node's modules that a function needs. Its import loads these and their own imports only. */
const NODE_MODULES: Readonly<Record<FunctionName, readonly string[]>> = {
  relay: ["node:crypto", "node:http", "node:https", "node:console", "node:timers/promises"],
  auth: ["node:crypto"],
  "test-event": ["node:crypto", "node:http", "node:https"],
  webhook: ["node:crypto", "node:console"],
};

it.each(FUNCTION_NAMES)("the import of %s loads no other modules of Node's than it needs", async (name) => {
  const needed = NODE_MODULES[name].map((module) =>
    LOADED_WHOLE.has(module) ? `await import("${module}");` : `process.getBuiltinModule("${module}");`,
  );
  const allowed = await modulesLoadedBy(needed.join("\n"), ENVIRONMENT);
  const loaded = await loadedModules(name);
  expect(loaded.filter((module) => !allowed.includes(module))).toEqual([]);
});

it("the auth function loads no HTTP client", async () => {
  expect(await loadedModules("auth", FIRST_EVENTS.auth)).not.toContainEqual(
    expect.stringMatching(/ _?http(_client)?$/),
  );
});

it("the relay makes no schema on import, and for one event only the schemas that it needs", async () => {
  // zod calls `postProcessor` for every schema: https://github.com/colinhacks/zod, core.ts.
  const counted = await told(
    `
    let made = 0;
    globalThis.__zod_globalConfig = { postProcessor: (schema) => { made += 1; return schema; } };
    const { handler } = await import(${JSON.stringify(bundlePath("relay"))});
    const atImport = made;
    await handler(${JSON.stringify(sqsEvent({ m1: cloudEvent('{"audit_id":"a-1"}', "audit.progress") }))});
    return { atImport, withAnEvent: made };
  `,
    ENVIRONMENT,
  );
  expect(counted).toEqual({ atImport: 0, withAnEvent: expect.any(Number) });
  const { withAnEvent } = Object(counted);
  expect(withAnEvent).toBeGreaterThan(0);
  expect(withAnEvent).toBeLessThanOrEqual(30);
});
