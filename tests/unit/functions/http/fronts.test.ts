import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHttpApp } from "../../../../functions/http/app.ts";
import { readBytes } from "../../../../functions/http/body.ts";
import { createHandler } from "../../../../functions/http/fronts.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { apiEvent } from "../../../support/api-event.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const LIMIT = 64;
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
  { config: { allowedOrigins: [] }, log },
);
const handler = createHandler(app);
const context = { ...Object({ awsRequestId: "req-1" }) };

const post = { method: "POST", path: PATH } as const;

/** Whatever a gateway may hand over. */
async function ask(event: object) {
  const { statusCode, headers, body } = Object(await handler({ ...Object(event) }, context));
  return { status: statusCode, headers, body: body === "" ? undefined : JSON.parse(body) };
}

/** The adapter's own complaints go there. */
beforeEach(() => vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  expect(records).toEqual([]);
  vi.restoreAllMocks();
});

describe("the limit of a body", () => {
  it.each([
    ["text", false, "x".repeat(LIMIT)],
    ["text of two bytes a character", false, "é".repeat(LIMIT / 2)],
    ["base64, which is longer than the limit itself", true, "x".repeat(LIMIT)],
    ["base64 of two bytes a character", true, "é".repeat(LIMIT / 2)],
  ])("counts its bytes: %s", async (_what, base64, body) => {
    expect(await ask(apiEvent({ ...post, body, base64 }))).toMatchObject({ status: 200, body: { bytes: LIMIT } });
    const larger = await ask(apiEvent({ ...post, body: `${body}x`, base64 }));
    expect(larger).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  });

  it("counts the bytes that broken base64 holds", async () => {
    const broken = { ...apiEvent(post), body: `!! ${Buffer.alloc(LIMIT).toString("base64")}\n`, isBase64Encoded: true };
    expect(await ask(broken)).toMatchObject({ status: 200, body: { bytes: LIMIT } });
  });

  it("is not told by content-length, which anybody may write", async () => {
    const headers = { "content-length": "1" };
    expect((await ask(apiEvent({ ...post, headers, body: "x".repeat(LIMIT + 1) }))).status).toBe(413);
  });
});

describe("a problem", () => {
  it("names Lambda's request id, whatever the event says", async () => {
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
  ])("that are not allowed are 405, also those that no request can have: %j", async (method) => {
    const { status, headers, body } = await ask(apiEvent({ ...post, method, body: "x" }));
    expect({ status, body, allow: headers.allow, cache: headers["cache-control"] }).toMatchObject({
      status: 405,
      body: { code: "method_not_allowed", request_id: "req-1" },
      allow: "POST",
      cache: "no-store",
    });
  });
});

describe("what the adapter could make no request of", () => {
  it.each([
    { "x-a": "1\r\nx-b: 2" },
    { "x-a": "\0" },
    { "x-a": "\ud800" },
    { "a b": "1" },
    { "": "1" },
    { é: "1" },
    { "x-a": "é🎧" },
  ])("is handled without such a header: %j", async (headers) => {
    expect(await ask(apiEvent({ ...post, headers: { ...headers }, body: "x" }))).toMatchObject({ status: 200 });
  });

  it.each([{ cookies: ["é=🎧\n"] }, { cookies: undefined }, { headers: undefined }, { rawQueryString: "%&?=\ud800" }])(
    "is handled all the same: %j",
    async (part) => {
      expect(await ask({ ...apiEvent({ ...post, body: "x" }), ...part })).toMatchObject({ status: 200 });
    },
  );

  it.each(["", "*", "nowhere", "//evil.example", "/%", "/%00", "/\\", "/\ud800", "@evil.example/"])(
    "is not found where its path is none: %j",
    async (rawPath) => {
      expect(await ask({ ...apiEvent(post), rawPath })).toMatchObject({ status: 404, body: { code: "not_found" } });
    },
  );
});

it("whatever comes is answered, as JSON that no cache keeps, and never with an error of ours", async () => {
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
