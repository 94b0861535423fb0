import { once } from "node:events";
import { Agent, get, request } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type HttpApiOptions,
  type RequestObservation,
  startHttpApi,
} from "../../../packages/local/src/http-api/http-api.ts";
import { startRunner } from "../../support/local-bundle.ts";

const MAX_BODY_BYTES = 10_485_760;

/** An HTTP API with one route, `/route`, that closes with the test. */
async function openApi(
  invoke: (event: APIGatewayProxyEventV2) => Promise<unknown>,
  options: Partial<HttpApiOptions> = {},
) {
  const requests: RequestObservation[] = [];
  const api = await startHttpApi({
    port: 0,
    routes: [{ path: "/route", invoke }],
    onRequest: (observed) => requests.push(observed),
    ...options,
  });
  onTestFinished(() => api.close());
  return { api, requests, url: `${api.url}/route` };
}

async function echo(event: APIGatewayProxyEventV2) {
  return { statusCode: 200, body: event.body ?? "", isBase64Encoded: event.isBase64Encoded };
}

describe("a route", () => {
  it("passes the request to the function, and its response to the client", async () => {
    const { url } = await openApi(echo);
    const response = await fetch(url, { method: "POST", body: new URLSearchParams({ socket_id: "1.2" }) });
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 200, body: "socket_id=1.2" });
  });

  it.each(["GET", "PUT", "DELETE", "OPTIONS"])("answers %s", async (method) => {
    const { url } = await openApi(async (event) => event.requestContext.http.method);
    const response = await fetch(url, { method });
    expect(await response.text()).toBe(method);
  });

  it("sets each cookie of the response", async () => {
    const { url } = await openApi(async () => ({ statusCode: 200, cookies: ["a=1", "b=2"] }));
    const response = await fetch(url);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("may answer without a body", async () => {
    const { url } = await openApi(async () => ({ statusCode: 204 }));
    expect((await fetch(url)).status).toBe(204);
  });

  it("runs a function in a process of its own", async () => {
    const source = "export const handler = async (event) => ({ statusCode: 200, body: event.rawPath });";
    const runner = await startRunner(source);
    const { url } = await openApi(runner.invoke);
    expect(await (await fetch(url)).text()).toBe("/route");
  });

  it("reports each answer", async () => {
    const { url, requests } = await openApi(async () => ({ statusCode: 403 }));
    await fetch(`${url}?secret=1`);
    expect(requests).toEqual([{ method: "GET", path: "/route", status: 403, durationMs: expect.any(Number) }]);
  });
});

async function answerOf(response: Promise<Response>) {
  const { status } = await response;
  return { status, body: await (await response).json() };
}

describe("the gateway's own answers", () => {
  it.each(["/other", "/route/", "/route/deeper", "/"])("are 404 for %s, which is no route", async (path) => {
    const { api } = await openApi(echo);
    expect(await answerOf(fetch(`${api.url}${path}`))).toEqual({ status: 404, body: { message: "Not Found" } });
  });

  it("are 500 for a function that fails", async () => {
    const { url } = await openApi(async () => Promise.reject(new Error("boom")));
    expect(await answerOf(fetch(url))).toEqual({ status: 500, body: { message: "Internal Server Error" } });
  });

  it("are 500 for a malformed response", async () => {
    const { url } = await openApi(async () => ({ statusCode: 200, body: { not: "text" } }));
    expect(await answerOf(fetch(url))).toEqual({ status: 500, body: { message: "Internal Server Error" } });
  });

  it("are 503 for a function that takes too long", async () => {
    const { url } = await openApi(() => new Promise(() => undefined), { timeoutMs: 50 });
    expect(await answerOf(fetch(url))).toEqual({ status: 503, body: { message: "Service Unavailable" } });
  });

  it("are reported with their reason", async () => {
    const { url, requests } = await openApi(async () => Promise.reject(new Error("boom")));
    await fetch(url);
    expect(requests).toMatchObject([{ status: 500, error: "boom" }]);
  });
});

describe("size limits", () => {
  const post = (url: string, bytes: number) =>
    fetch(url, { method: "POST", headers: { "content-type": "text/plain" }, body: "x".repeat(bytes) });

  it("allow a body that makes a large event", async () => {
    const { url } = await openApi(async ({ body }) => String(body?.length));
    expect(await (await post(url, 6_000_000)).text()).toBe("6000000");
  });

  it("answer 413 for an event above Lambda's limit", async () => {
    const { url, requests } = await openApi(echo);
    await post(url, MAX_BODY_BYTES);
    expect(requests).toMatchObject([{ status: 413, error: expect.stringContaining("event is larger") }]);
  });

  it("answer 413 for a larger body", async () => {
    const { url } = await openApi(echo);
    const answer = await answerOf(post(url, MAX_BODY_BYTES + 1));
    expect(answer).toEqual({ status: 413, body: { message: "Request Entity Too Large" } });
  });

  it("answer 413 for a larger body of unknown length", async () => {
    const { url, requests } = await openApi(echo);
    const chunk = Buffer.alloc(1024 * 1024);
    const outgoing = request(url, { method: "POST" });
    Readable.from(Array.from({ length: 11 }, () => chunk)).pipe(outgoing);
    const [response] = await once(outgoing, "response");
    response.resume();
    expect(requests).toMatchObject([{ status: 413, error: expect.stringContaining("body is larger") }]);
  });
});

describe("the limit of the request line and the header values", () => {
  const LIMIT_BYTES = 10_240;

  /** Sends so many bytes of both together. Header names and separators do not count. */
  async function ask(url: string, bytes: number, path: string) {
    const known = { host: "x", connection: "close" };
    const others = ["GET ", path, " HTTP/1.1", ...Object.values(known)].join("").length;
    const outgoing = get(new URL(path, url), { headers: { ...known, "x-more": "x".repeat(bytes - others) } });
    const [response] = await once(outgoing, "response");
    return { status: response.statusCode, body: await text(response) };
  }
  const REFUSED = { status: 431, body: '{"message":"Request Header Fields Too Large"}' };

  it("allows exactly that size", async () => {
    const { url } = await openApi(async () => "passed");
    expect(await ask(url, LIMIT_BYTES, "/route")).toEqual({ status: 200, body: "passed" });
  });

  it.each(["/route", "/other"])("answers 431 above it without an invocation, and reports why: %s", async (path) => {
    const { url, requests } = await openApi(async () => Promise.reject(new Error("asked")));
    expect(await ask(url, LIMIT_BYTES + 1, path)).toEqual(REFUSED);
    expect(requests).toMatchObject([{ path, status: 431, error: expect.stringContaining("10240 bytes") }]);
  });

  it("counts the query and all headers together", async () => {
    const { url } = await openApi(echo);
    const headers = { "x-a": "a".repeat(3_500), "x-b": "b".repeat(3_500) };
    expect((await fetch(`${url}?${"q".repeat(3_000)}`, { headers })).status).toBe(200);
    expect((await fetch(`${url}?${"q".repeat(3_500)}`, { headers })).status).toBe(431);
  });

  it("answers 431 to a request with a body, and continues to serve", async () => {
    const { url } = await openApi(echo);
    const headers = { "x-more": "x".repeat(15_000) };
    expect((await fetch(url, { method: "POST", headers, body: "x".repeat(1_000_000) })).status).toBe(431);
    expect((await fetch(url, { method: "POST", body: "still here" })).status).toBe(200);
  });
});

describe("the server", () => {
  it("names the port that is in use", async () => {
    const { api } = await openApi(echo);
    await expect(openApi(echo, { port: api.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("ends idle connections when it closes", async () => {
    const { api, url } = await openApi(echo);
    const agent = new Agent({ keepAlive: true });
    const [response] = await once(get(url, { agent }), "response");
    const ended = once(response.socket, "close");
    response.resume();
    await once(response, "end");
    await api.close();
    await expect(ended).resolves.toBeDefined();
  });

  it("can be closed twice", async () => {
    const { api } = await openApi(echo);
    await api.close();
    await expect(api.close()).resolves.toBeUndefined();
  });

  it("survives a client that closes the connection during its request", async () => {
    const { api, url } = await openApi(echo);
    const socket = connect(api.port, "127.0.0.1");
    socket.end("POST /route HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
    await once(socket.resume(), "close");
    expect((await fetch(url)).status).toBe(200);
  });
});
