import { describe, expect, it } from "vitest";
import { BASE_PATH, createHttpApp, Problem } from "../../../functions/http.ts";
import { answerOf } from "../../support/http-request.ts";
import { recordedLog } from "../../support/recorded-log.ts";

function appThat(handle: () => Response | Promise<Response>, allowedOrigins: readonly string[] = []) {
  const { log, records } = recordedLog();
  const config = { allowedOrigins };
  return { app: createHttpApp([{ method: "POST", path: "/thing", handle }], { config, log }), records };
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
  it.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is 405 and names the one that is", async (method) => {
    const { status, headers, body } = await ask(fine, method);
    expect({ status, allow: headers.get("allow"), body }).toMatchObject({
      status: 405,
      allow: "POST",
      body: { code: "method_not_allowed" },
    });
  });
});

describe("an error that nobody expected", () => {
  it("is 500 internal_error and tells nothing", async () => {
    const { status, body } = await ask(fail);
    expect({ status, body }).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(JSON.stringify(body)).not.toContain("s3cr3t");
  });

  it("is logged by its name alone", async () => {
    const { records } = await ask(fail);
    expect(records).toEqual([{ level: "error", message: "internal_error", error: "TypeError" }]);
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

  it("may read refusals too", async () => {
    const { status, headers } = await from([ORIGIN], call, refuse);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([403, ORIGIN]);
  });

  it("has its preflight answered, with the header that carries a token", async () => {
    const { status, headers } = await from([ORIGIN], preflight);
    expect([status, headers.get("access-control-allow-headers")]).toEqual([204, "authorization,content-type"]);
  });

  it("is any where * is allowed, without credentials", async () => {
    const { headers } = await from(["*"], call);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it.each([[[]], [["https://other.example"]]])("may read nothing where the allowed are %j", async (allowed) => {
    const { headers } = await from(allowed, call);
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });
});
