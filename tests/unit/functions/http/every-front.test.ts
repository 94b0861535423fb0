import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createAuthFunction } from "../../../../functions/auth/function.ts";
import { createHandler } from "../../../../functions/http/fronts.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { createTestEventApp } from "../../../../functions/test-event/app.ts";
import { createWebhookApp } from "../../../../functions/webhook/app.ts";
import { authSettings } from "../../../../packages/settings/src/auth.ts";
import { readConfig } from "../../../../packages/settings/src/read-config.ts";
import { leastEnvironment } from "../../../support/environment.ts";
import { fakePublish } from "../../../support/fake-publish.ts";
import { FRONTS, type SentRequest } from "../../../support/fronts.ts";
import { FORM_TYPE, JSON_TYPE } from "../../../support/http-request.ts";
import { documentedApp } from "../../../support/pusher-app.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { NOW_MS, OCCUPIED, webhookBody, webhookHeaders } from "../../../support/webhooks.ts";

const ORIGIN = "https://app.example";
const TOKEN = "s3cr3t-token";

/** The three HTTP functions, whose log records the test compares too. */
function createFunctions(basePath: string) {
  const { log, records } = recordedLog();
  const config = {
    form: "private",
    maxPayloadBytes: 9_000,
    dryRun: false,
    testToken: TOKEN,
    webhookKeys: [documentedApp],
    basePath,
    allowedOrigins: [ORIGIN],
  } as const;
  const auth = readConfig(authSettings, {
    ...leastEnvironment,
    REALTIME_BASE_PATH: basePath || "/",
    REALTIME_ALLOWED_ORIGINS: ORIGIN,
  });
  const now = () => new Date(NOW_MS);
  const testEvents = createTestEventApp({ config, publish: fakePublish().publish, log, now });
  const webhooks = createWebhookApp({
    config,
    forward: undefined,
    countEvents: () => undefined,
    log,
    nowMs: () => NOW_MS,
  });
  return {
    records,
    handlers: {
      auth: createAuthFunction({ config: auth, log }),
      test: createHandler(testEvents, log),
      webhook: createHandler(webhooks, log),
    },
  };
}

interface Case extends Partial<SentRequest> {
  readonly to: "auth" | "test" | "webhook";
  readonly status: number;
}

const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();
const subscription = form({ socket_id: "1.2", channel_name: "private-audit-42" });
const webhook = webhookBody([OCCUPIED]);
const bearer = (token: string) => ["authorization", `Bearer ${token}`] as const;

/** Each request with the path below the base path and the status that every front must answer. */
const CASES: Readonly<Record<string, Case>> = {
  "a subscription of pusher-js": {
    to: "auth",
    path: "/auth",
    headers: [["content-type", FORM_TYPE]],
    body: subscription,
    status: 200,
  },
  "a subscription as JSON": {
    to: "auth",
    path: "/auth",
    headers: [
      ["content-type", JSON_TYPE],
      ["origin", ORIGIN],
    ],
    body: '{"socket_id":"1.2","channel_name":["private-global","private-audit-é"]}',
    status: 200,
  },
  "a denied subscription": {
    to: "auth",
    path: "/auth",
    headers: [["content-type", FORM_TYPE]],
    body: form({ socket_id: "1.2", channel_name: "private-user-1" }),
    status: 403,
  },
  "a sign-in of an unknown user": {
    to: "auth",
    path: "/user-auth",
    headers: [["content-type", FORM_TYPE]],
    body: "socket_id=1.2",
    status: 403,
  },
  "a health check": { to: "auth", method: "GET", path: "/health", status: 200 },
  "a preflight": {
    to: "auth",
    method: "OPTIONS",
    path: "/auth",
    headers: [
      ["origin", ORIGIN],
      ["access-control-request-method", "POST"],
      ["access-control-request-headers", "traceparent,x-csrf-token"],
    ],
    status: 204,
  },
  "a method that the route does not have": { to: "auth", method: "PUT", path: "/auth", status: 405 },
  "a path without a route": { to: "auth", path: "/nowhere", status: 404 },
  "a body that is too large": {
    to: "auth",
    path: "/auth",
    headers: [["content-type", FORM_TYPE]],
    body: "x".repeat(70_000),
    status: 413,
  },
  "a test event": {
    to: "test",
    path: "/test",
    headers: [["content-type", JSON_TYPE], bearer(TOKEN)],
    body: '{"payload":{"é":"🎧"}}',
    status: 200,
  },
  "a test event whose token is there twice": {
    to: "test",
    path: "/test",
    headers: [bearer(TOKEN), bearer(TOKEN)],
    status: 200,
  },
  "a test event without a token": { to: "test", path: "/test", status: 401 },
  "a webhook": {
    to: "webhook",
    path: "/webhook",
    headers: Object.entries(webhookHeaders(webhook)),
    body: webhook,
    status: 200,
  },
  "a webhook with a wrong signature": {
    to: "webhook",
    path: "/webhook",
    headers: Object.entries({ ...webhookHeaders(webhook), "x-pusher-signature": "x" }),
    body: webhook,
    status: 401,
  },
};

/** The answer and the log records that one request causes behind a front. */
async function ask(front: string, { to, status: _, ...request }: Case, basePath = BASE_PATH) {
  const { handlers, records } = createFunctions(basePath);
  const { eventOf, answerOf } = FRONTS[front] ?? Object(undefined);
  const event: unknown = eventOf({ method: "POST", ...request, path: basePath + request.path });
  const answer = answerOf(await handlers[to](JSON.parse(JSON.stringify(event)), { awsRequestId: "req-1" }));
  return { answer, records: [...records] };
}

describe.each(Object.keys(FRONTS))("behind %s", (front) => {
  it.each(Object.entries(CASES))("%s gets the same answer and log record as behind an HTTP API", async (_, request) => {
    const { answer, records } = await ask(front, request);
    const expected = await ask("an HTTP API", request);
    expect(answer.status).toBe(request.status);
    expect(answer).toEqual(expected.answer);
    expect(records).toEqual(expected.records);
  });

  it.each(["/realtime", "/a/b.c/d_e~f", ""])(
    "the base path %j serves its own routes and not the default ones",
    async (base) => {
      const health = { to: "auth", method: "GET", path: "/health" } as const;
      expect((await ask(front, { ...health, status: 200 }, base)).answer.status).toBe(200);
      expect((await ask(front, { ...health, path: "/other", status: 404 }, base)).answer.status).toBe(404);
    },
  );
});

it("docs/deploy.md shows addresses that the auth function answers", async () => {
  const page = readFileSync(new URL("../../../../docs/deploy.md", import.meta.url), "utf8");
  const paths = [...page.matchAll(/`https:\/\/[^/`]+(\/[^`]*\/auth)`/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(4);
  for (const path of paths) {
    const { handlers } = createFunctions(path === "/realtime/auth" ? "/realtime" : BASE_PATH);
    const event = { rawPath: path, requestContext: { http: { method: "POST" } } };
    expect(await handlers.auth(event), path).toMatchObject({ statusCode: 400 });
  }
});

describe("a request that fails", () => {
  it.each(Object.entries(CASES).filter(([, { status }]) => status >= 400))(
    "is logged once with its code and Lambda's request id: %s",
    async (_, request) => {
      const { answer, records } = await ask("a load balancer", request);
      const { code }: { code: string } = JSON.parse(answer.body);
      expect(records).toMatchObject([{ level: "warn", code, request_id: "req-1" }]);
      expect(JSON.stringify(records)).not.toMatch(/s3cr3t|private-user/);
    },
  );
});

describe("an event that is no request", () => {
  it.each([
    ["an SQS message", { Records: [{ eventSource: "aws:sqs", body: "s3cr3t" }] }, "aws:sqs"],
    ["an SNS notification", { Records: [{ EventSource: "aws:sns", Sns: { Message: "s3cr3t" } }] }, "aws:sns"],
    ["a schedule", { source: "aws.events", detail: "s3cr3t" }, "aws.events"],
    ["an event of the console's test", { key1: "s3cr3t" }, undefined],
    ["another source", { source: "s3cr3t" }, undefined],
    ["nothing", null, undefined],
    ["a text", "s3cr3t", undefined],
    ["a list", [{ httpMethod: "GET" }], undefined],
    ["a request without a method", { requestContext: { http: {} }, rawPath: "/" }, undefined],
    ["a request without a path", { httpMethod: "GET", headers: {} }, undefined],
    ["a request whose body is an object", { httpMethod: "POST", path: "/", body: { a: 1 } }, undefined],
    ["a request whose headers are a text", { httpMethod: "POST", path: "/", headers: "s3cr3t" }, undefined],
    ["a request with a header of no text", { httpMethod: "POST", path: "/", headers: { a: null } }, undefined],
    [
      "a request with a header of no list",
      { httpMethod: "POST", path: "/", multiValueHeaders: { a: null } },
      undefined,
    ],
    ["a request with a list of no texts", { httpMethod: "POST", path: "/", multiValueHeaders: { a: [1] } }, undefined],
    ["a request whose path is no text", { rawPath: 5, requestContext: { http: { method: "GET" } } }, undefined],
    [
      "a request of an HTTP API with a header of no text",
      { rawPath: "/", headers: { a: 5 }, requestContext: { http: { method: "GET" } } },
      undefined,
    ],
  ])("fails the invocation with one clear error in the log: %s", async (_, event, event_source) => {
    const { handlers, records } = createFunctions(BASE_PATH);
    await expect(handlers.auth(event)).rejects.toMatchObject({ name: "NotARequest" });
    expect(records).toEqual([
      {
        level: "error",
        message: "not_a_request",
        detail: "The event is no request of an HTTP API, a Function URL, a REST API or a load balancer",
        event_source,
      },
    ]);
  });
});

describe("the base path", () => {
  const statusOf = async (path: string) =>
    (await ask("an HTTP API", { to: "auth", method: "GET", path, status: 0 }, "")).answer.status;
  const at = async (path: string) => {
    const { handlers } = createFunctions(BASE_PATH);
    const { statusCode } = Object(await handlers.auth({ rawPath: path, requestContext: { http: { method: "GET" } } }));
    return statusCode;
  };

  it.each([
    `${BASE_PATH}/health`,
    `/dev${BASE_PATH}/health`,
    `/a/b/c${BASE_PATH}/health`,
    `/dev${BASE_PATH}${BASE_PATH}/health`,
    `//${BASE_PATH}/health`,
    `/%64ev${BASE_PATH}/health`,
    `/dev${BASE_PATH}/health?a=/b`,
  ])("is found behind whole segments of a front: %s", async (path) => {
    expect(await at(path)).toBe(200);
  });

  it.each([
    "/health",
    `/notapi/realtime/pusher/health`,
    `/x/notapi/realtime/pusher/health`,
    `/x-${BASE_PATH.slice(1)}/health`,
    `/x?y=${BASE_PATH}/health`,
    `/x#${BASE_PATH}/health`,
    `/x%3Fy=${BASE_PATH}/healthy`,
    `${BASE_PATH}/health/x`,
    `${BASE_PATH}/x/health`,
    `${BASE_PATH}x/health`,
    `/dev${BASE_PATH}`,
    `/dev${BASE_PATH.replaceAll("/", "%2F")}/health`,
    `/dev${BASE_PATH.toUpperCase()}/health`,
  ])("is not found in a query, within a segment or in front of a longer path: %s", async (path) => {
    expect(await at(path)).toBe(404);
  });

  it("may be the root", async () => {
    expect(await statusOf("/health")).toBe(200);
    expect(await statusOf("/dev/health")).toBe(200);
    expect(await statusOf("/dev-health")).toBe(404);
  });
});

it("a 404 is logged with its path, so that a wrong base path shows, and without what may be a token", async () => {
  const { handlers, records } = createFunctions(BASE_PATH);
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s3cr3t";
  const rawPath = `/dev/api/v2/${token}/auth`;
  await handlers.auth({ rawPath, rawQueryString: "q=s3cr3t", requestContext: { http: { method: "POST" } } });
  expect(records).toMatchObject([{ code: "not_found", status: 404, path: "/dev/api/v2/…/auth" }]);
  expect(JSON.stringify(records)).not.toMatch(/eyJ|s3cr3t/);
});
