import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { apiEvent } from "../../support/api-event.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { runBundle } from "../../support/lonely-bundle.ts";

const BASE = "/api/realtime/pusher";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_BODY = { "content-type": "application/json" };
const SOCKET = "1234.1234";

const sign = (channel: string): string =>
  `${leastEnvironment.PUSHER_KEY}:${createHmac("sha256", leastEnvironment.PUSHER_SECRET).update(`${SOCKET}:${channel}`).digest("hex")}`;

async function ask(event: unknown, env: Readonly<Record<string, string>> = {}) {
  const { answers, stdout, stderr } = await runBundle("auth", { ...leastEnvironment, ...env }, [event]);
  const { statusCode, headers, body, isBase64Encoded } = Object(answers[0]);
  const denied = statusCode === 401 || statusCode === 403;
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: denied ? expect.stringContaining("auth_denied") : "" });
  return { statusCode, type: headers["content-type"], isBase64Encoded, body: JSON.parse(body) };
}

const authEvent = (body: string, headers: Readonly<Record<string, string>>, base64 = false) =>
  apiEvent({ method: "POST", path: `${BASE}/auth`, headers, body, base64 });

it("signs a subscription asked for by a form, which API Gateway hands over as base64", async () => {
  const body = new URLSearchParams({ socket_id: SOCKET, channel_name: "private-audit-a=3Ab" }).toString();
  expect(await ask(authEvent(body, FORM, true))).toEqual({
    statusCode: 200,
    type: "application/json",
    isBase64Encoded: false,
    body: { auth: sign("private-audit-a=3Ab") },
  });
});

it("signs a subscription asked for in JSON, as text and as base64", async () => {
  const body = JSON.stringify({ socket_id: SOCKET, channel_name: "private-global" });
  for (const base64 of [false, true])
    expect(await ask(authEvent(body, JSON_BODY, base64))).toMatchObject({
      statusCode: 200,
      body: { auth: sign("private-global") },
    });
});

it("refuses as problem+json, with Lambda's request id", async () => {
  const body = JSON.stringify({ socket_id: SOCKET, channel_name: "private-foobar" });
  expect(await ask(authEvent(body, JSON_BODY))).toMatchObject({
    statusCode: 403,
    type: "application/problem+json",
    isBase64Encoded: false,
    body: { code: "channel_not_allowed", request_id: "lambda-request-1" },
  });
});

it("refuses a body that is missing", async () => {
  expect(await ask(apiEvent({ method: "POST", path: `${BASE}/auth`, headers: FORM }))).toMatchObject({
    statusCode: 400,
    body: { code: "invalid_body" },
  });
});

it("answers /health", async () => {
  expect(await ask(apiEvent({ method: "GET", path: `${BASE}/health` }))).toMatchObject({
    statusCode: 200,
    body: { status: "ok" },
  });
});

it("authorizes encrypted channels where a master key is set", async () => {
  const env = { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") };
  const body = JSON.stringify({ socket_id: SOCKET, channel_name: "private-encrypted-audit-42" });
  expect(await ask(authEvent(body, JSON_BODY), env)).toMatchObject({
    statusCode: 200,
    body: { auth: sign("private-encrypted-audit-42"), shared_secret: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
  });
});

describe("what the Fetch standard has no request for is answered as a problem, without a word in the log", () => {
  const health = { path: `${BASE}/health`, headers: JSON_BODY, base64: false };

  it("a GET with a body", async () => {
    expect(await ask(apiEvent({ ...health, method: "GET", body: "{}" }))).toMatchObject({ statusCode: 200 });
  });

  it("a TRACE", async () => {
    expect(await ask(apiEvent({ ...health, method: "TRACE", body: "" }))).toMatchObject({
      statusCode: 405,
      type: "application/problem+json",
    });
  });

  it("base64 that is none", async () => {
    expect(await ask({ ...authEvent("", JSON_BODY), body: "!!!notbase64", isBase64Encoded: true })).toMatchObject({
      statusCode: 400,
      type: "application/problem+json",
    });
  });
});
