import { describe, expect, it } from "vitest";
import { createHttpApp, Problem } from "../../../../functions/http/app.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { answerOf } from "../../../support/http-request.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

function appThat(handle: () => Response | Promise<Response>, allowedOrigins: readonly string[] = []) {
  const { log, records } = recordedLog();
  const config = { basePath: BASE_PATH, allowedOrigins };
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
const deny = () => {
  throw new Problem(403, "channel_not_allowed", "Not this one");
};
const fail = () => {
  throw new TypeError("s3cr3t");
};

describe("a path without a route", () => {
  it.each(["/", BASE_PATH, `${BASE_PATH}/other`, `${BASE_PATH}/THING`, "/thing", "/api/realtime/ws"])(
    "answers 404 not_found: %s",
    async (path) => {
      expect(await ask(fine, "POST", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
    },
  );
});

describe("a method that the route does not have", () => {
  it.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "answers 405 and names the right method: %s",
    async (method) => {
      const { status, headers, body } = await ask(fine, method);
      expect({ status, allow: headers.get("allow"), body }).toMatchObject({
        status: 405,
        allow: "POST",
        body: { code: "method_not_allowed" },
      });
    },
  );

  it("answers HEAD of a POST route with 405 and no body", async () => {
    const { status, headers, body } = await ask(fine, "HEAD");
    expect({ status, allow: headers.get("allow"), body }).toEqual({ status: 405, allow: "POST", body: undefined });
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("answers 405 for %s of a GET route", async (method) => {
    const { status, headers } = await ask(fine, method, `${BASE_PATH}/reading`);
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD" });
  });
});

describe("a path with a slash at its end", () => {
  it.each([
    ["POST", 200, null],
    ["PUT", 405, "POST"],
  ])("answers %s as the path without it does", async (method, expected, allow) => {
    const { status, headers } = await ask(fine, method, `${BASE_PATH}/thing/`);
    expect({ status, allow: headers.get("allow") }).toEqual({ status: expected, allow });
  });

  it.each(["POST", "PUT"])("answers 404 for %s with two slashes", async (method) => {
    expect((await ask(fine, method, `${BASE_PATH}/thing//`)).status).toBe(404);
  });
});

describe("HEAD of a GET route", () => {
  it("answers as GET does, without the body", async () => {
    const { status, headers, body } = await ask(fine, "HEAD", `${BASE_PATH}/reading`);
    expect({ status, body, type: headers.get("content-type"), cache: headers.get("cache-control") }).toEqual({
      status: 200,
      body: undefined,
      type: "application/json",
      cache: "no-store",
    });
  });
});

describe("an unexpected error", () => {
  it("answers 500 internal_error without the error's message", async () => {
    const { status, body } = await ask(fail);
    expect({ status, body }).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(JSON.stringify(body)).not.toContain("s3cr3t");
  });

  it("hides every member of the error", async () => {
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

  it("is logged with the request id", async () => {
    const { app, records } = appThat(fail);
    const lambda = { lambdaContext: { awsRequestId: "req-1" } };
    const response = await app.request(`${BASE_PATH}/thing`, { method: "POST" }, lambda);
    expect(records).toMatchObject([{ message: "internal_error", request_id: "req-1" }]);
    expect((await answerOf(response)).body).toMatchObject({ request_id: "req-1" });
  });

  it("is logged with its name and stack, without its message", async () => {
    const { records } = await ask(fail);
    expect(records).toEqual([
      {
        level: "error",
        message: "internal_error",
        code: "internal_error",
        status: 500,
        error: "TypeError",
        at: expect.any(Array),
        request_id: undefined,
      },
    ]);
    expect(records[0]?.at).toContainEqual(expect.stringMatching(/^at fail /));
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });
});

describe("an answer", () => {
  it.each([
    ["a success", fine],
    ["a problem", deny],
    ["an error", fail],
  ])("forbids caching: %s", async (_, handle) => {
    expect((await ask(handle)).headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    ["405", "PUT", `${BASE_PATH}/thing`],
    ["404", "POST", `${BASE_PATH}/other`],
  ])("forbids caching: a %s", async (_status, method, path) => {
    expect((await ask(fine, method, path)).headers.get("cache-control")).toBe("no-store");
  });

  it("is the handler's response", async () => {
    expect(await ask(fine)).toMatchObject({ status: 200, body: { fine: true }, records: [] });
  });
});
