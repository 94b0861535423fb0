import { HTTP_PROBLEMS } from "@realtime-gateway/codes";
import { describe, expect, it } from "vitest";
import { createHttpApp } from "../../../../functions/http/app.ts";
import { Problem, problemDetails } from "../../../../functions/http/problem.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { answerOf } from "../../../support/http-request.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

/** RFC 9110, section 15. */
const STATUS_PHRASES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

const deny = () => {
  throw new Problem(403, "channel_not_allowed", "Not this one");
};

function ask(handle: () => Promise<Response> | Response = deny, bindings = {}) {
  const app = createHttpApp([{ method: "POST", path: "/thing", handle }], {
    config: { basePath: BASE_PATH, allowedOrigins: [] },
    log: recordedLog().log,
  });
  return app.request(`${BASE_PATH}/thing`, { method: "POST" }, bindings);
}

describe("a problem", () => {
  it("becomes RFC 9457 problem details with a stable code", async () => {
    const { status, headers, body } = await answerOf(await ask());
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

  it.each(Object.entries(HTTP_PROBLEMS))("has the phrase of its status as title: %s", (code, { status }) => {
    const problem: Problem = Reflect.construct(Problem, [status, code, "detail"]);
    expect(problemDetails(problem, undefined)).toMatchObject({ code, status, title: STATUS_PHRASES[status] });
  });

  it("has the status of its code in the table of codes", () => {
    // @ts-expect-error The table has 404 for this code.
    const wrong = new Problem(400, "not_found", "detail");
    const right = new Problem(404, "not_found", "detail");
    expect([wrong.status, right.status]).toEqual([400, HTTP_PROBLEMS.not_found.status]);
  });

  it("carries Lambda's request id", async () => {
    const response = await ask(deny, { lambdaContext: { awsRequestId: "req-1" } });
    expect((await answerOf(response)).body).toMatchObject({ request_id: "req-1" });
  });

  it("may be thrown asynchronously", async () => {
    expect((await ask(async () => deny())).status).toBe(403);
  });
});
