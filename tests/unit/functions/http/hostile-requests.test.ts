import fc from "fast-check";
import { expect, it } from "vitest";
import { createHandler } from "../../../../functions/http/fronts.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { createTestEventApp } from "../../../../functions/test-event/app.ts";
import { createWebhookApp } from "../../../../functions/webhook/app.ts";
import { apiEvent } from "../../../support/api-event.ts";
import { fakePublish } from "../../../support/fake-publish.ts";
import { documentedApp } from "../../../support/pusher-app.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { NOW_MS, signatureOf } from "../../../support/webhooks.ts";

const RUNS = 5_000;
/** Long enough for a machine that is busy with other tests. */
const TOKEN = "s3cr3t-token";

const { log, records } = recordedLog();
const config = {
  webhookKeys: [documentedApp],
  form: "private",
  maxPayloadBytes: 9000,
  dryRun: false,
  basePath: BASE_PATH,
  allowedOrigins: ["https://app.example"],
} as const;
const now = () => new Date(NOW_MS);
const testEvents = (testToken: string | undefined) =>
  createHandler(
    createTestEventApp({ config: { ...config, testToken }, publish: fakePublish().publish, log, now }),
    log,
  );

const HANDLERS = {
  "/test": testEvents(undefined),
  "/test with a token": testEvents(TOKEN),
  "/webhook": createHandler(
    createWebhookApp({ config, forward: undefined, countEvents: () => undefined, log, nowMs: () => NOW_MS }),
    log,
  ),
} as const;

const text = fc.string({ unit: "binary", maxLength: 30 });
/** Names with a meaning for the gateway, JavaScript or Pusher. */
const name = fc.constantFrom(
  "channel",
  "event",
  "payload",
  "time_ms",
  "events",
  "name",
  "__proto__",
  "constructor",
  "toString",
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      "private-global",
      "private-audit-=3A",
      "presence-global",
      "client-x",
      NOW_MS,
      null,
      true,
      -0,
      1e308,
    ),
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(fc.oneof(name, text), tie("value")), { maxLength: 4 }).map(Object.fromEntries),
  ),
})).value;
const members = fc.array(fc.tuple(name, value), { maxLength: 6 });
/** Joined as text, so that names may be duplicate and `__proto__` is a field. */
const object = members.map(
  (all) => `{${all.map(([key, of]) => `${JSON.stringify(key)}:${JSON.stringify(of)}`).join()}}`,
);
const WITHIN = [
  ["", ""],
  ['{"payload":{"a":', "}}"],
  [`{"time_ms":${NOW_MS},"events":[{"name":"x","data":`, "}]}"],
] as const;
const NESTED = [
  ["[", "", "]"],
  ['{"a":', "1", "}"],
] as const;
const deep = fc
  .tuple(fc.constantFrom(...WITHIN), fc.constantFrom(...NESTED), fc.integer({ min: 1, max: 20_000 }))
  .map(([[before, after], [open, leaf, close], depth]) =>
    [before, open.repeat(depth), leaf, close.repeat(depth), after].join(""),
  );
const webhook = fc.array(value, { maxLength: 3 }).map((events) => JSON.stringify({ time_ms: NOW_MS, events }));
const body = fc.oneof(
  { weight: 4, arbitrary: object },
  { weight: 2, arbitrary: webhook },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: deep },
);
const type = fc.oneof(
  { weight: 4, arbitrary: fc.constant("application/json") },
  fc.constantFrom("application/x-www-form-urlencoded", "application/json; charset=utf-16", "text/plain", ""),
  text,
);
const request = fc.record({
  to: fc.constantFrom<keyof typeof HANDLERS>("/test", "/test with a token", "/webhook"),
  method: fc.oneof({ weight: 6, arbitrary: fc.constant("POST") }, fc.constantFrom("GET", "HEAD", "PUT", "TRACE"), text),
  type,
  body,
  signed: fc.boolean(),
  authorization: fc.constantFrom("", `Bearer ${TOKEN}`, "Bearer x", "Basic eA==", "Bearer __proto__"),
  more: fc.dictionary(
    fc.oneof(fc.constantFrom("origin", "content-encoding", "x-pusher-key", "x-pusher-signature"), text),
    text,
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
  base64: fc.boolean(),
});

it("hostile requests get an answer below 500 that leaks nothing", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ to, method, more, ...rest }) => {
      const headers = {
        "content-type": rest.type,
        authorization: rest.authorization,
        ...(rest.signed && { "x-pusher-key": documentedApp.key, "x-pusher-signature": signatureOf(rest.body) }),
        ...more,
      };
      const path = `${BASE_PATH}${to.split(" ")[0]}`;
      const answer = Object(
        await HANDLERS[to](Object(apiEvent({ method, path, headers, body: rest.body, base64: rest.base64 }))),
      );
      const { statusCode: status, headers: answered, body: said } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(status).toBeLessThan(500);
      expect(answered["cache-control"]).toBe("no-store");
      if (said !== "") expect(status === 200 || JSON.parse(said).code).toBeTruthy();
      expect(said).not.toMatch(/s3cr3t|at .*\.ts:\d/);
      expect(said).not.toContain(documentedApp.secret);
    }),
    { numRuns: RUNS },
  );
  // Otherwise nothing got far enough to be hostile.
  for (const status of [200, 400, 401, 403, 405, 415]) expect(statuses.get(status), `${status}`).toBeGreaterThan(0);
  expect(JSON.stringify(records)).not.toMatch(/internal_error|s3cr3t/);
});
