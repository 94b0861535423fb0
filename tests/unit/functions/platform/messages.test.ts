import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FETCH_CLASSES } from "../../../support/fetch-classes.ts";

const { node, light } = FETCH_CLASSES;

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\uFEFFa", "\ud800", "[1]", ""));
const body = fc.oneof(text, fc.uint8Array({ maxLength: 40 }), fc.constantFrom(null, undefined));
const headers = fc.dictionary(
  fc.constantFrom("content-type", "Content-Type", "x-a", "set-cookie"),
  fc.constantFrom("a", "text/css", "application/x-www-form-urlencoded", "application/json"),
  { noNullPrototype: true },
);

/** Ways to read a message. The second may find it used. */
const READS = ["text", "json", "bytes", "arrayBuffer", "blob", "formData", "body", "clone", "bodyUsed"] as const;
const reads = fc.array(fc.constantFrom(...READS), { minLength: 1, maxLength: 3 });

async function outcomeOf(work: () => unknown): Promise<unknown> {
  try {
    return plain(await work());
  } catch (error) {
    return error instanceof Error ? [error.name, error.message] : error;
  }
}

/** Makes values comparable that `toEqual` does not look into. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof ArrayBuffer) return ["buffer", ...new Uint8Array(value)];
  if (value instanceof Uint8Array) return ["bytes", ...value];
  if (value instanceof Blob) return [value.type, await value.text()];
  if (value instanceof FormData) return [...value];
  if (value instanceof ReadableStream) return ["stream", value.locked];
  if (value instanceof node.Request || value instanceof node.Response) return plain(await value.text());
  return value;
}

async function readAll(message: object, ways: readonly string[]): Promise<readonly unknown[]> {
  const outcomes: unknown[] = [];
  for (const way of ways)
    outcomes.push(
      await outcomeOf(() => {
        const member: unknown = Reflect.get(message, way);
        return typeof member === "function" ? Reflect.apply(member, message, []) : member;
      }),
    );
  return [...outcomes, Reflect.get(message, "bodyUsed"), [...Reflect.get(message, "headers")]];
}

async function same(
  kind: "Request" | "Response",
  given: readonly unknown[],
  ways: readonly string[],
  head: readonly string[],
) {
  const [expected, actual] = await Promise.all(
    [node[kind], light[kind]].map((kindOfClass) =>
      outcomeOf(async () => {
        const message: object = Reflect.construct(kindOfClass, [...given]);
        return [head.map((name) => Reflect.get(message, name)), await readAll(message, ways)];
      }),
    ),
  );
  expect(actual).toEqual(expected);
}

const RESPONSE_HEAD = ["status", "statusText", "ok", "type", "url", "redirected"];
const REQUEST_HEAD = ["url", "method", "mode", "redirect", "credentials", "duplex"];

describe("our responses behave as Node's", () => {
  it("for any body, init and order of reads", async () => {
    const status = fc.constantFrom(undefined, 200, 204, 304, 404, 503, 199, 600, 101, 200.5, Number.NaN);
    const statusText = fc.constantFrom(undefined, "", "OK", "é", "a\nb", "🎧");
    await fc.assert(
      fc.asyncProperty(body, status, statusText, headers, reads, async (content, code, phrase, init, ways) => {
        const given = {
          headers: init,
          ...(code !== undefined && { status: code }),
          ...(phrase !== undefined && { statusText: phrase }),
        };
        await same("Response", [content, given], ways, RESPONSE_HEAD);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["no arguments", []],
    ["null as init", ["a", null]],
    ["a number as init", ["a", 1]],
    ["text as status", ["a", { status: "201" }]],
    ["a number as body", [1]],
    ["a list as body", [["a", "b"]]],
    ["a DataView as body", [new DataView(new ArrayBuffer(2))]],
    ["an ArrayBuffer as body", [new ArrayBuffer(2)]],
    ["another response as init", ["a", new Response(null, { status: 201, statusText: "x", headers: { a: "1" } })]],
    ["our response as init", ["a", new light.Response("", { status: 201, statusText: "x", headers: { a: "1" } })]],
  ])("for unusual arguments: %s", async (_what, given) => {
    await same("Response", given, ["text"], RESPONSE_HEAD);
  });

  it("when headers change after Node's object took over", async () => {
    const [expected, actual] = await Promise.all(
      [node.Response, light.Response].map(async (kind) => {
        const response: Response = Reflect.construct(kind, ["a=1", { headers: { "content-type": "text/plain" } }]);
        const { headers: kept } = response;
        response.clone();
        kept.set("content-type", "application/x-www-form-urlencoded");
        const form = await response.clone().formData();
        return [[...form], [...response.headers], kept === response.headers];
      }),
    );
    expect(actual).toEqual(expected);
  });

  it("when the content type was deleted before the clone", () => {
    const response = new light.Response("a");
    response.headers.delete("content-type");
    const copy: Response = Reflect.apply(Reflect.get(response, "clone"), response, []);
    expect([...copy.headers]).toEqual([]);
  });
});

describe("our requests behave as Node's", () => {
  it("for any body, method, headers and order of reads", async () => {
    const method = fc.constantFrom(
      "POST",
      "post",
      "PUT",
      "patch",
      "DELETE",
      "GET",
      "HEAD",
      "TRACE",
      "a b",
      "QUERY",
      "",
    );
    await fc.assert(
      fc.asyncProperty(body, method, headers, reads, async (content, verb, init, ways) => {
        const given = { method: verb, headers: init, ...(content !== undefined && { body: content }) };
        await same("Request", ["https://a.example/b", given], ways, REQUEST_HEAD);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "https://a.example",
    "https://A.example:443/b/../c d?e=é#f",
    "https://a.example/%zz/\\",
    "https://user:pass@a.example/",
    "/relative",
    "",
    "not a url",
    "data:text/plain,a",
    new URL("https://a.example/b"),
    undefined,
    1,
  ])("for the URL %j", async (url) => {
    await same("Request", [url], ["text"], REQUEST_HEAD);
  });

  it.each([
    ["null as init", null],
    ["a cache mode", { cache: "no-store" }],
    ["an unknown mode", { mode: "x" }],
    ["an aborted signal", { signal: AbortSignal.abort() }],
    ["a null body", { body: null }],
    ["a form", { method: "POST", body: new URLSearchParams("a=1") }],
  ])("for the init %s", async (_what, init) => {
    await same("Request", ["https://a.example/b", init], ["text"], REQUEST_HEAD);
  });

  it("when one is made of another, which is used then", async () => {
    const [expected, actual] = await Promise.all(
      [node.Request, light.Request].map(async (kind) => {
        const first: Request = Reflect.construct(kind, ["https://a.example/", { method: "POST", body: "a" }]);
        const second: Request = Reflect.construct(kind, [first]);
        const third = await outcomeOf(() => Reflect.construct(kind, [first]));
        return [await second.text(), second.method, first.bodyUsed, third];
      }),
    );
    expect(actual).toEqual(expected);
  });

  it("for a caller that changes its bytes afterwards", async () => {
    const bytes = Uint8Array.of(1, 2);
    const request = new light.Request("https://a.example/", { method: "POST", body: bytes });
    bytes[0] = 9;
    expect([...(await request.bytes())]).toEqual([1, 2]);
  });
});
