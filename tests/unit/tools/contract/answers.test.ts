import { globSync, readFileSync } from "node:fs";
import type { StackOptions } from "@realtime-gateway/local";
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../../packages/local/src/http-api/response.ts";
import { createAnswerCheck, startChecked } from "../../../support/contract-answers.ts";

const NO_STORE = { "cache-control": "no-store" };
const AUTH = { method: "POST", path: "/api/realtime/pusher/auth" };
const HEALTH = { method: "GET", path: "/api/realtime/pusher/health" };

const answer = (status: number, type: string, body: unknown, headers = {}): HttpResponse => ({
  status,
  headers: { ...NO_STORE, "content-type": type, ...headers },
  cookies: [],
  body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
});
const problem = (status: number, code: string, title: string, headers = {}): HttpResponse =>
  answer(status, "application/problem+json", { type: "about:blank", title, status, code, detail: "why" }, headers);
const json = (body: unknown, headers = {}): HttpResponse => answer(200, "application/json", body, headers);

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly error?: string;
}

function violationsOf(request: Asked, response: HttpResponse): readonly string[] {
  const { check, violations } = createAnswerCheck();
  check({ ...request, status: response.status, durationMs: 0 }, response);
  return violations;
}

describe("the check of answers against the OpenAPI document", () => {
  it.each<[string, Asked, HttpResponse]>([
    ["an authorization", AUTH, json({ auth: "key:signature" })],
    ["an authorization of several channels", AUTH, json({ "private-audit-1": { status: 200, data: { auth: "k:s" } } })],
    ["a listed problem", AUTH, problem(403, "not_granted", "Forbidden")],
    ["a challenge", AUTH, problem(401, "invalid_token", "Unauthorized", { "www-authenticate": "Bearer" })],
    ["an answer of another route", HEALTH, json({ status: "ok" })],
    ["the head of an answer", { ...HEALTH, method: "HEAD" }, json("")],
    ["a preflight", { ...AUTH, method: "OPTIONS" }, answer(204, "text/plain", "")],
    ["a wrong method", { ...AUTH, method: "PUT" }, problem(405, "method_not_allowed", "No", { allow: "POST" })],
    ["a path of no route", { ...AUTH, path: "/_realtime/events" }, answer(418, "text/plain", "")],
    ["a request that API Gateway refuses", { ...AUTH, error: "too large" }, answer(413, "application/json", "{}")],
  ])("accepts %s", (_what, request, response) => {
    expect(violationsOf(request, response)).toEqual([]);
  });

  it.each<[string, Asked, HttpResponse, string]>([
    ["status that is not listed", AUTH, problem(418, "teapot", "Teapot"), "lists no such status"],
    ["code of another route", AUTH, problem(403, "users_unknown", "Forbidden"), "data/code must be equal to one of"],
    ["code of another status", AUTH, problem(403, "invalid_json", "Forbidden"), "data/code must be equal to one of"],
    ["body without a required field", AUTH, json({ channel_data: "{}" }), "must have required property 'auth'"],
    ["body with a field too many", AUTH, problemWith({ user: "u1" }), "must NOT have additional properties"],
    ["body that is not JSON", HEALTH, json("ok"), "must be object"],
    ["content type that is not listed", HEALTH, answer(200, "text/html", "{}"), "the content type is text/html"],
    ["answer that a cache may keep", HEALTH, json({ status: "ok" }, { "cache-control": "public" }), "Cache-Control"],
    ["401 without a challenge", AUTH, problem(401, "invalid_token", "Unauthorized"), "WWW-Authenticate is undefined"],
    ["405 without a method", { ...AUTH, method: "PUT" }, problem(405, "method_not_allowed", "No"), "Allow is missing"],
    ["method that is not described", { ...AUTH, method: "GET" }, json({ auth: "k:s" }), "lists no such status"],
    [
      "crash of the function",
      { ...AUTH, error: "boom" },
      answer(500, "application/json", "{}"),
      "did not answer: boom",
    ],
  ])("reports a %s", (_what, request, response, reason) => {
    expect(violationsOf(request, response)).toContainEqual(expect.stringContaining(reason));
  });

  it("names the route and the status", () => {
    const [violation] = violationsOf(AUTH, problem(403, "users_unknown", "Forbidden"));
    expect(violation).toMatch(/^POST \/api\/realtime\/pusher\/auth answered 403, but /);
  });

  it("fails the stop of a stack that broke the document, below the base path of its settings", async () => {
    const stopped: string[] = [];
    const stack = await startChecked(
      async ({ onRequest }: Pick<StackOptions, "env" | "onRequest">) => {
        onRequest?.({ method: "GET", path: "/rt/health", status: 200, durationMs: 0 }, json({ status: "sick" }));
        return { stop: async () => void stopped.push("stack") };
      },
      { env: { REALTIME_BASE_PATH: "/rt/" } },
    );
    await expect(stack.stop()).rejects.toThrow(
      'GET /rt/health answered 200, but data/status must be equal to constant: {"status":"sick"}',
    );
    expect(stopped).toEqual(["stack"]);
  });
});

/** The functions of this test are stand-ins. */
const OWN_FUNCTIONS = "tests/e2e/dev.test.ts";

it("every test that starts a gateway in its own process checks the answers", () => {
  const root = new URL("../../../../", import.meta.url);
  const unchecked = globSync(["tests/e2e/**/*.ts", "tests/support/**/*.ts"], { cwd: root }).filter((path) =>
    /\bstartStack\(/.test(readFileSync(new URL(path, root), "utf8")),
  );
  expect(unchecked).toEqual([OWN_FUNCTIONS]);
});

function problemWith(more: object): HttpResponse {
  const { body, ...rest } = problem(403, "not_granted", "Forbidden");
  return { ...rest, body: Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), ...more })) };
}
