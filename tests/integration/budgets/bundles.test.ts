import { stat } from "node:fs/promises";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/manifest";
import { describe, expect, it } from "vitest";
import { apiEvent } from "../../support/api-event.ts";
import { cloudEvent } from "../../support/envelopes.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { importing, modulesLoadedBy, told } from "../../support/fresh-process.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

/** Minified, in bytes. What grows beyond it has to say what it is worth (docs/decisions/011). */
const BUDGETS: Readonly<Record<FunctionName, number>> = {
  relay: 110_000,
  auth: 100_000,
  "test-event": 100_000,
  webhook: 100_000,
};

describe("a bundle's size", () => {
  it.each(FUNCTION_NAMES)("of %s stays within its budget", async (name) => {
    expect((await stat(bundlePath(name))).size).toBeLessThanOrEqual(BUDGETS[name]);
  });
});

const PATH = "/api/realtime/pusher";
const JSON_BODY = { "content-type": "application/json" };
const subscription = JSON.stringify({ socket_id: "1.2", channel_name: "presence-audit-42" });

/** What each HTTP function is asked first. */
const FIRST_EVENTS = {
  auth: apiEvent({ method: "POST", path: `${PATH}/auth`, headers: JSON_BODY, body: subscription }),
  "test-event": apiEvent({ method: "POST", path: `${PATH}/test`, headers: JSON_BODY, body: "{}" }),
  webhook: apiEvent({ method: "POST", path: `${PATH}/webhook`, headers: JSON_BODY, body: "{}" }),
} as const;

const ENVIRONMENT = { ...leastEnvironment, PUSHER_DRY_RUN: "1" };

const loadedModules = (name: FunctionName, event?: object): Promise<readonly string[]> =>
  modulesLoadedBy(importing(bundlePath(name), event), ENVIRONMENT);

/** 20 ms of a cold start, and 10 µs of each request. */
const UNDICI = expect.stringContaining("undici/undici");

describe("undici", () => {
  it.each(FUNCTION_NAMES)("is not loaded by the import of %s", async (name) => {
    expect(await loadedModules(name)).not.toContainEqual(UNDICI);
  });

  it.each(["auth", "test-event", "webhook"] as const)("is not loaded by the first request to %s", async (name) => {
    expect(await loadedModules(name, FIRST_EVENTS[name])).not.toContainEqual(UNDICI);
  });
});

/** What a function is made of: an import loads these of Node's modules, what they load themselves, and nothing else. */
const NODE_MODULES: Readonly<Record<FunctionName, readonly string[]>> = {
  relay: ["node:crypto", "node:http", "node:https", "node:console", "node:timers/promises"],
  auth: ["node:crypto"],
  "test-event": ["node:crypto", "node:http", "node:https"],
  webhook: ["node:crypto", "node:console"],
};

it.each(FUNCTION_NAMES)(
  "of Node's modules the import of %s loads those that it is made of, and no others",
  async (name) => {
    const needed = NODE_MODULES[name].map((module) => `process.getBuiltinModule(${JSON.stringify(module)});`);
    const allowed = await modulesLoadedBy(needed.join("\n"), ENVIRONMENT);
    const loaded = await loadedModules(name);
    expect(loaded.filter((module) => !allowed.includes(module))).toEqual([]);
  },
);

it("the auth function has no HTTP client", async () => {
  expect(await loadedModules("auth", FIRST_EVENTS.auth)).not.toContainEqual(
    expect.stringMatching(/ _?http(_client)?$/),
  );
});

it("the relay makes no schema before it is asked for one, and then only what one event needs", async () => {
  // zod tells whoever asks of every schema that is made: https://github.com/colinhacks/zod, `postProcessor` in core.ts.
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
