import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHttpApp } from "../../../../functions/http/app.ts";
import { readBytes } from "../../../../functions/http/body.ts";
import { createHandler } from "../../../../functions/http/fronts.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { apiEvent } from "../../../support/api-event.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const LIMIT = 64;
/** Long enough for a machine that is busy with other tests. */
const PATH = `${BASE_PATH}/bytes`;

const { log, records } = recordedLog();
const app = createHttpApp(
  [
    {
      method: "POST",
      path: "/bytes",
      handle: async (context) => context.json({ bytes: (await readBytes(context, LIMIT)).byteLength }),
    },
  ],
  { config: { basePath: BASE_PATH, allowedOrigins: [] }, log },
);
const handler = createHandler(app, log);
const context = { ...Object({ awsRequestId: "req-1" }) };

const post = { method: "POST", path: PATH } as const;

/** Invokes the handler with an event of any form. Every problem must be logged once, with its code. */
async function ask(event: object) {
  const before = records.length;
  const { statusCode, headers, body } = Object(await handler({ ...Object(event) }, context));
  const answer = { status: statusCode, headers, body: body === "" ? undefined : JSON.parse(body) };
  const logged = records.slice(before).map(({ level, message, status }) => ({ level, message, status }));
  expect(logged).toEqual(statusCode < 400 ? [] : [{ level: "warn", message: "http_problem", status: statusCode }]);
  if (answer.body?.code !== undefined) expect(records.at(-1)).toMatchObject({ code: answer.body.code });
  return answer;
}

/** Fails a test that writes to the console. */
beforeEach(() => vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

describe("the limit of a body", () => {
  it.each([
    ["text", false, "x".repeat(LIMIT)],
    ["text of two bytes a character", false, "é".repeat(LIMIT / 2)],
    ["base64 that is longer than the limit", true, "x".repeat(LIMIT)],
    ["base64 of two bytes a character", true, "é".repeat(LIMIT / 2)],
  ])("counts bytes: %s", async (_what, base64, body) => {
    expect(await ask(apiEvent({ ...post, body, base64 }))).toMatchObject({ status: 200, body: { bytes: LIMIT } });
    const larger = await ask(apiEvent({ ...post, body: `${body}x`, base64 }));
    expect(larger).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  });

  it("counts the bytes in broken base64", async () => {
    const broken = { ...apiEvent(post), body: `!! ${Buffer.alloc(LIMIT).toString("base64")}\n`, isBase64Encoded: true };
    expect(await ask(broken)).toMatchObject({ status: 200, body: { bytes: LIMIT } });
  });

  it("ignores content-length, which a client may set to anything", async () => {
    const headers = { "content-length": "1" };
    expect((await ask(apiEvent({ ...post, headers, body: "x".repeat(LIMIT + 1) }))).status).toBe(413);
  });
});

describe("a problem", () => {
  it("carries Lambda's request id and none from the event", async () => {
    const headers = { "x-request-id": "s3cr3t", "x-amzn-requestid": "s3cr3t" };
    const { body } = await ask(apiEvent({ method: "POST", path: "/nowhere", headers }));
    expect(body).toMatchObject({ code: "not_found", request_id: "req-1" });
  });
});

describe("methods", () => {
  it.each([
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "GET",
    "TRACE",
    "CONNECT",
    "TRACK",
    "trace",
    "PROPFIND",
    "a b",
    "\n",
    "",
  ])("answer 405 if the route does not have them, even methods that Fetch rejects: %j", async (method) => {
    const { status, headers, body } = await ask(apiEvent({ ...post, method, body: "x" }));
    expect({ status, body, allow: headers.allow, cache: headers["cache-control"] }).toMatchObject({
      status: 405,
      body: { code: "method_not_allowed", request_id: "req-1" },
      allow: "POST",
      cache: "no-store",
    });
  });
});

describe("an event that Fetch makes no request of", () => {
  it.each([
    { "x-a": "1\r\nx-b: 2" },
    { "x-a": "\0" },
    { "x-a": "\ud800" },
    { "a b": "1" },
    { "": "1" },
    { é: "1" },
    { "x-a": "é🎧" },
  ])("is answered without the broken header: %j", async (headers) => {
    expect(await ask(apiEvent({ ...post, headers: { ...headers }, body: "x" }))).toMatchObject({ status: 200 });
  });

  it.each([{ cookies: ["é=🎧\n"] }, { cookies: undefined }, { headers: undefined }, { rawQueryString: "%&?=\ud800" }])(
    "is answered in spite of: %j",
    async (part) => {
      expect(await ask({ ...apiEvent({ ...post, body: "x" }), ...part })).toMatchObject({ status: 200 });
    },
  );

  it.each(["", "*", "nowhere", "//evil.example", "/%", "/%00", "/\\", "/\ud800", "@evil.example/"])(
    "answers 404 for the broken path %j",
    async (rawPath) => {
      expect(await ask({ ...apiEvent(post), rawPath })).toMatchObject({ status: 404, body: { code: "not_found" } });
    },
  );
});

it("answers every event with uncached JSON and never with a 5xx", async () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const request = fc.record({
    method: fc.oneof(fc.constant("POST"), text),
    path: fc.oneof(
      fc.constant(PATH),
      text,
      text.map((end) => `/${end}`),
      text.map((end) => PATH + end),
    ),
    headers: fc.dictionary(text, text, { noNullPrototype: true }),
    body: fc.string({ unit: "binary", maxLength: 100 }),
    cookies: fc.array(text),
    rawQueryString: text,
    isBase64Encoded: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, headers, ...rest }) => {
      const { status, headers: answered } = await ask({ ...apiEvent({ method, path, headers }), ...rest });
      expect([200, 404, 405, 413]).toContain(status);
      expect(answered["cache-control"]).toBe("no-store");
    }),
    { numRuns: 3_000 },
  );
});
