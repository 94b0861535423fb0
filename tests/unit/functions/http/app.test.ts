import { describe, expect, it } from "vitest";
import { createHttpApp, Problem } from "../../../../functions/http/app.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { answerOf } from "../../../support/http-request.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

function appThat(handle: () => Response | Promise<Response>, allowedOrigins: readonly string[] = []) {
  const { log, records } = recordedLog();
  const config = { allowedOrigins };
  const endpoints = [
    { method: "POST", path: "/thing", handle },
    { method: "GET", path: "/reading", handle },
  ] as const;
  return { app: createHttpApp(endpoints, { config, log }), records };
}

const ask = async (handle: () => Response | Promise<Response>, method = "POST", path = `${BASE_PATH}/thing`) => {
  const { app, records } = appThat(handle);
  return { ...(await answerOf(await app.request(path, { method }))), records };
};

const fine = () => Response.json({ fine: true });
const refuse = () => {
  throw new Problem(403, "channel_not_allowed", "Not this one");
};
const fail = () => {
  throw new TypeError("s3cr3t");
};

describe("a problem", () => {
  it("is answered as RFC 9457 problem details with a stable code", async () => {
    const { status, headers, body } = await ask(refuse);
    expect(status).toBe(403);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body).toEqual({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      code: "channel_not_allowed",
      detail: "Not this one",
    });
  });

  it.each([
    [400, "Bad Request"],
    [401, "Unauthorized"],
    [404, "Not Found"],
    [413, "Content Too Large"],
    [415, "Unsupported Media Type"],
    [422, "Unprocessable Content"],
    [503, "Service Unavailable"],
  ] as const)("of status %i has the status' own title: %s", async (status, title) => {
    const { body } = await ask(() => {
      throw new Problem(status, "a_code", "detail");
    });
    expect(body).toMatchObject({ status, title });
  });

  it("names Lambda's request id, where there is one", async () => {
    const { app } = appThat(refuse);
    const lambda = { lambdaContext: { awsRequestId: "req-1" } };
    const response = await app.request(`${BASE_PATH}/thing`, { method: "POST" }, lambda);
    expect((await answerOf(response)).body).toMatchObject({ request_id: "req-1" });
  });

  it("that was thrown later is answered all the same", async () => {
    expect((await ask(async () => refuse())).status).toBe(403);
  });
});

describe("a route that is not there", () => {
  it.each(["/", BASE_PATH, `${BASE_PATH}/other`, `${BASE_PATH}/THING`, "/thing", "/api/realtime/ws"])(
    "%s is 404 not_found",
    async (path) => {
      expect(await ask(fine, "POST", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
    },
  );
});

describe("a method that is not allowed", () => {
  it.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "%s is 405 and names the one that is",
    async (method) => {
      const { status, headers, body } = await ask(fine, method);
      expect({ status, allow: headers.get("allow"), body }).toMatchObject({
        status: 405,
        allow: "POST",
        body: { code: "method_not_allowed" },
      });
    },
  );

  it("HEAD is 405 where GET is, and has no body", async () => {
    const { status, headers, body } = await ask(fine, "HEAD");
    expect({ status, allow: headers.get("allow"), body }).toEqual({ status: 405, allow: "POST", body: undefined });
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is 405 where only reading is", async (method) => {
    const { status, headers } = await ask(fine, method, `${BASE_PATH}/reading`);
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD" });
  });
});

describe("HEAD of what can be read", () => {
  it("is its GET without the body", async () => {
    const { status, headers, body } = await ask(fine, "HEAD", `${BASE_PATH}/reading`);
    expect({ status, body, type: headers.get("content-type"), cache: headers.get("cache-control") }).toEqual({
      status: 200,
      body: undefined,
      type: "application/json",
      cache: "no-store",
    });
  });
});

describe("an error that nobody expected", () => {
  it("is 500 internal_error and tells nothing", async () => {
    const { status, body } = await ask(fail);
    expect({ status, body }).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(JSON.stringify(body)).not.toContain("s3cr3t");
  });

  it("tells neither where it happened nor what", async () => {
    const { body } = await ask(() => {
      throw Object.assign(new Error("s3cr3t", { cause: "s3cr3t" }), {
        status: 200,
        code: "s3cr3t",
        headers: { s3cr3t: "1" },
      });
    });
    expect(body).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      code: "internal_error",
      detail: "The request could not be handled",
    });
  });

  it("is logged with the request's id", async () => {
    const { app, records } = appThat(fail);
    const lambda = { lambdaContext: { awsRequestId: "req-1" } };
    const response = await app.request(`${BASE_PATH}/thing`, { method: "POST" }, lambda);
    expect(records).toMatchObject([{ message: "internal_error", request_id: "req-1" }]);
    expect((await answerOf(response)).body).toMatchObject({ request_id: "req-1" });
  });

  it("is logged by its name and where it came from, without its words", async () => {
    const { records } = await ask(fail);
    expect(records).toEqual([
      { level: "error", message: "internal_error", error: "TypeError", at: expect.any(Array), request_id: undefined },
    ]);
    expect(records[0]?.at).toContainEqual(expect.stringMatching(/^at fail /));
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });
});

describe("an answer", () => {
  it.each([
    ["a success", fine],
    ["a refusal", refuse],
    ["an error", fail],
  ])("is never kept by a cache: %s", async (_, handle) => {
    expect((await ask(handle)).headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    ["405", "PUT", `${BASE_PATH}/thing`],
    ["404", "POST", `${BASE_PATH}/other`],
  ])("is never kept by a cache: a %s", async (_status, method, path) => {
    expect((await ask(fine, method, path)).headers.get("cache-control")).toBe("no-store");
  });

  it("is the handler's own", async () => {
    expect(await ask(fine)).toMatchObject({ status: 200, body: { fine: true }, records: [] });
  });
});

describe("a web page of another origin", () => {
  const ORIGIN = "https://app.example";
  const from = async (allowedOrigins: readonly string[], init: RequestInit, handle = fine) =>
    await appThat(handle, allowedOrigins).app.request(`${BASE_PATH}/thing`, init);
  const preflight = { method: "OPTIONS", headers: { origin: ORIGIN, "access-control-request-method": "POST" } };
  const call = { method: "POST", headers: { origin: ORIGIN } };

  it("may read answers where its origin is allowed", async () => {
    const { headers } = await from(["https://other.example", ORIGIN], call);
    expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
  });

  it.each([
    ["a refusal", refuse, "/thing", "POST", 403],
    ["an error", fail, "/thing", "POST", 500],
    ["a method that is not allowed", fine, "/thing", "PUT", 405],
    ["a route that is not there", fine, "/other", "POST", 404],
  ])("may read problems too: %s", async (_what, handle, path, method, expected) => {
    const { app } = appThat(handle, [ORIGIN]);
    const { status, headers } = await app.request(BASE_PATH + path, { ...call, method });
    expect([status, headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([
      expected,
      ORIGIN,
      "Origin",
    ]);
  });

  it("has its preflight answered, with the header that carries a token", async () => {
    const { status, headers } = await from([ORIGIN], preflight);
    expect([status, headers.get("access-control-allow-headers")]).toEqual([204, "authorization,content-type"]);
  });

  it("has that answer for two hours, and no cache on the way has it", async () => {
    const { headers } = await from([ORIGIN], preflight);
    expect([headers.get("access-control-max-age"), headers.get("cache-control")]).toEqual(["7200", "no-store"]);
    expect(headers.get("access-control-allow-methods")).toBe("GET,POST");
  });

  it("is any where * is allowed", async () => {
    for (const request of [call, preflight])
      expect((await from(["*"], request)).headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each([["*"], [ORIGIN]])("never sends its cookies, also where the allowed are %s", async (allowed) => {
    for (const request of [call, preflight])
      expect((await from([allowed], request)).headers.has("access-control-allow-credentials")).toBe(false);
  });

  it.each([[[]], [["https://other.example"]]])("may read nothing where the allowed are %j", async (allowed) => {
    for (const request of [call, preflight]) {
      const { headers } = await from(allowed, request);
      expect(headers.has("access-control-allow-origin")).toBe(false);
    }
  });

  it.each([
    "null",
    "",
    "https://app.example.evil.example",
    "https://evil-app.example",
    "http://app.example",
    "https://app.example:8443",
    "https://APP.example",
    "https://app.example/",
    "https://app.example, https://other.example",
  ])("may read nothing from an origin that only looks like an allowed one: %j", async (origin) => {
    for (const request of [call, preflight]) {
      const { headers } = await from([ORIGIN], { ...request, headers: { ...request.headers, origin } });
      expect(headers.has("access-control-allow-origin")).toBe(false);
    }
  });

  it("of one origin is not answered from a cache with what another was told", async () => {
    const others = { headers: { origin: "https://other.example" } };
    for (const request of [call, preflight, { ...call, ...others }, { ...preflight, ...others }])
      expect((await from([ORIGIN], request)).headers.get("vary")).toMatch(/^Origin\b/);
  });
});
