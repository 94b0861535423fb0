import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { stream, streamSSE, streamText } from "hono/streaming";
import { type HonoFeature, serving } from "./feature.ts";

/** Responses of every kind, and Hono's ways to make them. */
export const RESPONSE_FEATURES: readonly HonoFeature[] = [
  { name: "c.text()", app: () => serving((c) => c.text("été")) },
  { name: "c.json() with a status", app: () => serving((c) => c.json({ a: 1 }, 201)), status: 201 },
  { name: "c.html()", app: () => serving((c) => c.html("<p>été</p>")) },
  { name: "c.body(null, 204)", app: () => serving((c) => c.body(null, 204)), status: 204 },
  { name: "c.redirect()", app: () => serving((c) => c.redirect("/elsewhere")), status: 302 },
  { name: "c.notFound()", app: () => serving((c) => c.notFound()), status: 404 },
  {
    name: "c.header() after the handler",
    app: () => {
      const app = new Hono();
      app.use(async (c, next) => {
        await next();
        c.header("x-after", "1");
        c.header("vary", "Accept", { append: true });
      });
      return app.get("/", (c) => c.text("a"));
    },
  },
  { name: "Response.json()", app: () => serving(() => Response.json({ a: 1 }, { status: 202 })), status: 202 },
  { name: "Response.redirect()", app: () => serving(() => Response.redirect("https://a.example/b", 307)), status: 307 },
  { name: "a response of bytes", app: () => serving(() => new Response(Uint8Array.of(1, 2, 255))) },
  { name: "a response of a blob", app: () => serving(() => new Response(new Blob(["a"], { type: "text/css" }))) },
  { name: "a response of a form", app: () => serving(() => new Response(new URLSearchParams({ a: "é" }))) },
  { name: "a response of a stream", app: () => serving(() => new Response(new Blob(["abc"]).stream())) },
  {
    name: "a response made of another",
    app: () => serving(() => new Response("a", new Response(null, { status: 418, headers: { "x-a": "1" } }))),
    status: 418,
  },
  {
    name: "a clone of a response",
    app: () =>
      serving(async () => {
        const response = new Response("a", { headers: { "x-a": "1" } });
        const copy = response.clone();
        return new Response(`${await response.text()}${await copy.text()}`, copy);
      }),
  },
  { name: "stream()", app: () => serving((c) => stream(c, async (out) => void (await out.write("a")))) },
  { name: "streamText()", app: () => serving((c) => streamText(c, async (out) => void (await out.writeln("a")))) },
  { name: "streamSSE()", app: () => serving((c) => streamSSE(c, (out) => out.writeSSE({ data: "a", id: "1" }))) },
  {
    name: "an HTTPException with its own response",
    app: () =>
      serving(() => {
        throw new HTTPException(401, { res: new Response("no", { status: 401, headers: { "x-a": "1" } }) });
      }),
    status: 401,
  },
  {
    name: "an error without a handler",
    app: () =>
      serving(() => {
        throw new Error("a");
      }),
    status: 500,
  },
  {
    name: "cookies before a handler's own response",
    app: () => {
      const app = new Hono();
      app.use(async (c, next) => {
        setCookie(c, "a", "1");
        setCookie(c, "b", "2", { expires: new Date(0) });
        await next();
      });
      return app.get("/", () => new Response("own", { headers: { "set-cookie": "c=3" } }));
    },
  },
  {
    name: "getCookie() and deleteCookie()",
    app: () =>
      serving((c) => {
        deleteCookie(c, "a");
        return c.json(getCookie(c));
      }),
    request: ["/", () => ({ headers: { cookie: "a=1; b=2" } })],
  },
  {
    name: "getSetCookie()",
    app: () =>
      serving((c) => {
        const headers = new Headers([["set-cookie", "a=1"]]);
        headers.append("set-cookie", "b=2, c");
        return c.json([headers.getSetCookie(), headers.get("set-cookie"), [...headers]]);
      }),
  },
];
