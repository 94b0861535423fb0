import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { csrf } from "hono/csrf";
import { etag } from "hono/etag";
import { methodOverride } from "hono/method-override";
import { poweredBy } from "hono/powered-by";
import { prettyJSON } from "hono/pretty-json";
import { secureHeaders } from "hono/secure-headers";
import { timeout } from "hono/timeout";
import { timing } from "hono/timing";
import { validator } from "hono/validator";
import { FORM_TYPE, type HonoFeature, JSON_TYPE, multipart, post } from "./feature.ts";

/** Hono's own middleware. */
export const MIDDLEWARE_FEATURES: readonly HonoFeature[] = [
  {
    name: "body-limit, below",
    app: () => new Hono().post("/", bodyLimit({ maxSize: 4 }), async (c) => c.text(await c.req.text())),
    request: post(() => "1234"),
  },
  {
    name: "body-limit, above",
    app: () => new Hono().post("/", bodyLimit({ maxSize: 3 }), async (c) => c.text(await c.req.text())),
    request: post(() => "1234"),
    status: 413,
  },
  { name: "etag", app: () => new Hono().use(etag()).get("/", (c) => c.text("a")) },
  {
    name: "etag that matches",
    app: () => new Hono().use(etag({ generateDigest: () => new ArrayBuffer(1) })).get("/", (c) => c.text("a")),
    request: ["/", () => ({ headers: { "if-none-match": '"00"' } })],
    status: 304,
  },
  {
    name: "basic-auth, denied",
    app: () => new Hono().use(basicAuth({ username: "a", password: "b" })).get("/", (c) => c.text("in")),
    status: 401,
  },
  {
    name: "basic-auth, allowed",
    app: () => new Hono().use(basicAuth({ username: "a", password: "b" })).get("/", (c) => c.text("in")),
    request: ["/", () => ({ headers: { authorization: `Basic ${btoa("a:b")}` } })],
  },
  {
    name: "cors",
    app: () =>
      new Hono().use(cors({ origin: "https://a.example", credentials: true })).get("/", () => new Response("own")),
    request: ["/", () => ({ headers: { origin: "https://a.example" } })],
  },
  {
    name: "cors, preflight",
    app: () => new Hono().use(cors({ origin: ["https://a.example"] })).get("/", (c) => c.text("a")),
    request: [
      "/",
      () => ({ method: "OPTIONS", headers: { origin: "https://a.example", "access-control-request-headers": "x-a" } }),
    ],
    status: 204,
  },
  {
    name: "csrf",
    app: () => new Hono().use(csrf()).post("/", (c) => c.text("in")),
    request: post(() => "a=1", { ...FORM_TYPE, origin: "https://evil.example" }),
    status: 403,
  },
  {
    name: "compress",
    app: () => new Hono().use(compress()).get("/", (c) => c.text("a".repeat(2000))),
    request: ["/", () => ({ headers: { "accept-encoding": "gzip" } })],
  },
  { name: "secure-headers", app: () => new Hono().use(secureHeaders()).get("/", (c) => c.json({ a: 1 })) },
  {
    name: "powered-by and pretty-json",
    app: () => new Hono().use(poweredBy(), prettyJSON()).get("/", (c) => c.json({ a: 1 })),
    request: ["/?pretty"],
  },
  { name: "timing", app: () => new Hono().use(timing({ total: false })).get("/", (c) => c.text("a")) },
  { name: "timeout", app: () => new Hono().use(timeout(5_000)).get("/", (c) => c.text("a")) },
  {
    name: "method-override",
    app: () => {
      const app = new Hono();
      return app.use(methodOverride({ app })).delete("/", (c) => c.text("deleted"));
    },
    request: post(() => "_method=DELETE", FORM_TYPE),
  },
  {
    name: "validator of a form",
    app: () =>
      new Hono().post(
        "/",
        validator("form", (value) => value),
        (c) => c.json(c.req.valid("form")),
      ),
    request: post(multipart),
  },
  {
    name: "validator of JSON",
    app: () =>
      new Hono().post(
        "/",
        validator("json", (value) => value),
        (c) => c.json(c.req.valid("json")),
      ),
    request: post(() => "{", JSON_TYPE),
    status: 400,
  },
];
