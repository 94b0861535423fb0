import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpRoutes } from "../support/http-routes.ts";
import { startGateway, type TestGateway } from "../support/stack.ts";

const ORIGIN = "https://app.example";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"];
const JSON_TYPE = { "content-type": "application/json" };

const routes = httpRoutes();
const writing = routes.filter(({ method }) => method === "POST").map(({ path }) => path);
const notAllowed = routes.flatMap(({ method, path }) =>
  METHODS.filter((other) => other !== method && !(method === "GET" && other === "HEAD")).map((other) => ({
    method: other,
    path,
    allow: method === "GET" ? "GET, HEAD" : method,
  })),
);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ REALTIME_ALLOWED_ORIGINS: ORIGIN });
});
afterAll(() => gateway.stop());

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Node's own client sends requests that `fetch` does not allow. */
function ask(method: string, path: string, { headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: unknown }>(
    (resolve, reject) => {
      const sent = request(new URL(path, gateway.http.url), { method, headers }, async (response) => {
        const answered = await text(response);
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, body: answered === "" ? undefined : JSON.parse(answered) });
      });
      sent.on("error", reject).end(body);
    },
  );
}

describe("every route", () => {
  it.each(notAllowed)("$path answers $method with 405 and the allowed method", async ({ method, path, allow }) => {
    const { status, headers, body } = await ask(method, path);
    expect({ status, headers }).toMatchObject({ status: 405, headers: { allow, "cache-control": "no-store" } });
    const problem = { code: "method_not_allowed", request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    if (method === "HEAD") expect(body).toBeUndefined();
    else expect(body).toMatchObject(problem);
  });

  it.each(routes)("$path allows an allowed page to send a token", async ({ path, method }) => {
    const asked = { "access-control-request-method": method, "access-control-request-headers": "authorization" };
    const { status, headers } = await ask("OPTIONS", path, { headers: { origin: ORIGIN, ...asked } });
    expect({ status, headers }).toMatchObject({
      status: 204,
      headers: {
        "access-control-allow-origin": ORIGIN,
        "access-control-allow-headers": expect.stringContaining("authorization"),
        "cache-control": "no-store",
        vary: expect.stringMatching(/^Origin\b/),
      },
    });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
  });

  it.each(routes)("$path allows only an allowed page to read its problems", async ({ path }) => {
    const allowed = await ask("PUT", path, { headers: { origin: ORIGIN } });
    expect(allowed.headers).toMatchObject({ "access-control-allow-origin": ORIGIN, vary: "Origin" });
    const other = await ask("PUT", path, { headers: { origin: "https://app.example.evil.example" } });
    expect(other.headers).not.toHaveProperty("access-control-allow-origin");
    expect(other.headers).toMatchObject({ vary: "Origin" });
  });
});

describe("every route with a body", () => {
  it.each(writing)("%s rejects a body with too many bytes", async (path) => {
    const body = `{"a":"${"é".repeat(530_000)}"}`;
    const { status, body: problem } = await ask("POST", path, { headers: JSON_TYPE, body });
    expect({ status, problem }).toMatchObject({ status: 413, problem: { code: "body_too_large" } });
  });

  it.each(
    // The webhook function checks the signature first.
    writing
      .filter((path) => !path.endsWith("/webhook"))
      .flatMap(
        (path) =>
          [
            [path, { "content-type": "text/plain" }],
            [path, { "content-type": "application/json; charset=utf-16" }],
            [path, { ...JSON_TYPE, "content-encoding": "gzip" }],
          ] as const,
      ),
  )("%s rejects a body that is not plain JSON in UTF-8: %j", async (path, headers) => {
    const { status, body } = await ask("POST", path, { headers, body: "{}" });
    expect({ status, body }).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it.each(writing)("%s answers bytes that are not text with a problem", async (path) => {
    const { status, body } = await ask("POST", path, { headers: JSON_TYPE, body: Buffer.of(0xff, 0x00, 0xfe) });
    expect([400, 401]).toContain(status);
    expect(body).toMatchObject({ code: expect.any(String), request_id: expect.any(String) });
  });
});
