import { Hono } from "hono";
import { FORM_TYPE, type HonoFeature, JSON_TYPE, multipart, post, serving } from "./feature.ts";

/** Reading requests of every kind. */
export const REQUEST_FEATURES: readonly HonoFeature[] = [
  { name: "req.text()", app: () => serving(async (c) => c.text(await c.req.text())), request: post(() => "été") },
  {
    name: "req.json()",
    app: () => serving(async (c) => c.json(await c.req.json())),
    request: post(() => '{"a":[1]}', JSON_TYPE),
  },
  {
    name: "req.json() of a broken body",
    app: () => serving(async (c) => c.json(await c.req.json())),
    request: post(() => "{", JSON_TYPE),
    status: 500,
  },
  {
    name: "req.arrayBuffer()",
    app: () => serving(async (c) => c.json([...new Uint8Array(await c.req.arrayBuffer())])),
    request: post(() => "é"),
  },
  {
    name: "req.blob()",
    app: () =>
      serving(async (c) => {
        const blob = await c.req.blob();
        return c.json([blob.type, await blob.text()]);
      }),
    request: post(() => "a", { "content-type": "text/csv" }),
  },
  {
    name: "req.formData()",
    app: () => serving(async (c) => c.json([...(await c.req.formData()).keys()])),
    request: post(() => "a=1&b=2", FORM_TYPE),
  },
  {
    name: "req.parseBody() of a form",
    app: () => serving(async (c) => c.json(await c.req.parseBody())),
    request: post(() => "a=1&b=%C3%A9", FORM_TYPE),
  },
  {
    name: "req.parseBody() of multipart",
    app: () =>
      serving(async (c) => {
        const { file, ...fields } = await c.req.parseBody();
        return c.json({ ...fields, file: file instanceof File ? [file.name, await file.text()] : file });
      }),
    request: post(multipart),
  },
  {
    name: "a body that is read twice",
    app: () => serving(async (c) => c.json([await c.req.text(), await c.req.text(), await c.req.json()])),
    request: post(() => "[1]"),
  },
  {
    name: "req.raw.clone()",
    app: () =>
      serving(async (c) => {
        const copy = c.req.raw.clone();
        return c.json([await c.req.text(), await copy.text(), c.req.raw.bodyUsed]);
      }),
    request: post(() => "abc"),
  },
  {
    name: "req.raw.body as a stream",
    app: () =>
      serving(async (c) => {
        const reader = c.req.raw.body?.getReader();
        const { value } = (await reader?.read()) ?? {};
        return c.json([[...(value ?? [])], c.req.raw.bodyUsed]);
      }),
    request: post(() => "abc"),
  },
  {
    name: "a request with a stream as its body",
    app: () => serving(async (c) => c.text(await c.req.text())),
    request: ["/", () => ({ method: "POST", body: new Blob(["abc"]).stream(), duplex: "half" })],
  },
  {
    name: "new Request(request)",
    app: () =>
      serving(async (c) => {
        const copy = new Request(c.req.raw, { headers: { "x-a": "1" } });
        return c.json([copy.url, copy.method, copy.headers.get("x-a"), await copy.text(), c.req.raw.bodyUsed]);
      }),
    request: post(() => "abc"),
  },
  {
    name: "req.raw.signal",
    app: () => serving((c) => c.json([c.req.raw.signal.aborted, c.req.raw.signal instanceof AbortSignal])),
  },
  {
    name: "a request with an aborted signal",
    app: () => serving((c) => c.json(c.req.raw.signal.aborted)),
    request: ["/", () => ({ signal: AbortSignal.abort() })],
  },
  {
    name: "the rarer members of a request",
    app: () =>
      serving(({ req: { raw } }) =>
        Response.json([raw.cache, raw.credentials, raw.mode, raw.redirect, raw.referrer, raw.keepalive, raw.integrity]),
      ),
  },
  {
    name: "a listing of the request's headers",
    app: () => serving((c) => c.json([c.req.header(), [...c.req.raw.headers.keys()]])),
    request: [
      "/",
      () => ({
        headers: [
          ["X-B", "1"],
          ["a", "2"],
          ["x-b", "3"],
          ["Cookie", "c=1"],
          ["cookie", "d=2"],
        ],
      }),
    ],
  },
  {
    name: "path and query parameters",
    app: () => serving((c) => c.json([c.req.param("id"), c.req.query(), c.req.queries("a")])),
    request: ["/item/a%20b?a=1&a=2&b=%C3%A9"],
  },
  {
    name: "a URL that Fetch normalizes",
    app: () => serving((c) => c.json([c.req.url, c.req.path])),
    request: ["/x/../item/./a b?q=a b#hash"],
  },
  { name: "HEAD", app: () => new Hono().get("/", (c) => c.text("a")), request: ["/", () => ({ method: "HEAD" })] },
  {
    name: "a method in lower case",
    app: () => serving((c) => c.text(c.req.method)),
    request: ["/", () => ({ method: "put" })],
  },
  {
    name: "app.mount()",
    app: () =>
      new Hono().mount(
        "/sub",
        async (request) => new Response(`${request.method} ${request.url} ${await request.text()}`),
      ),
    request: ["/sub/a", () => ({ method: "POST", body: "b" })],
  },
];
