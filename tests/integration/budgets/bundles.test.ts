import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { bundlePath, FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/build";
import { describe, expect, it } from "vitest";
import { apiEvent } from "../../support/api-event.ts";
import { leastEnvironment } from "../../support/environment.ts";

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

/** Which of Node's own modules a fresh process has loaded once the bundle is imported and, where there is one, an event answered. */
async function loadedModules(name: FunctionName, event?: object): Promise<readonly string[]> {
  const script = `
    const { handler } = await import(${JSON.stringify(bundlePath(name))});
    ${event === undefined ? "" : `await handler(${JSON.stringify(event)}, { awsRequestId: "1" });`}
    process.stdout.write("\\n" + JSON.stringify(process.moduleLoadList) + "\\n", () => process.exit());
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    env: { ...leastEnvironment, PUSHER_DRY_RUN: "1" },
    maxBuffer: 10_000_000,
  });
  const list: unknown = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  return Array.isArray(list) ? list.map(String) : [];
}

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

it("the auth function has no HTTP client", async () => {
  expect(await loadedModules("auth", FIRST_EVENTS.auth)).not.toContainEqual(
    expect.stringMatching(/ _?http(_client)?$/),
  );
});
