import { createHmac } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { apiEvent } from "../../support/api-event.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { jwtEnvironment } from "../../support/key-sources.ts";
import { runBundle } from "../../support/lonely-bundle.ts";
import { answers, startNeighbour } from "../../support/neighbour.ts";
import { AUDIENCE, createKeyPair, ISSUER, makeToken } from "../../support/tokens.ts";

const BASE = "/api/realtime/pusher";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_BODY = { "content-type": "application/json" };
const SOCKET = "1234.1234";

const sign = (channel: string): string =>
  `${leastEnvironment.PUSHER_KEY}:${createHmac("sha256", leastEnvironment.PUSHER_SECRET).update(`${SOCKET}:${channel}`).digest("hex")}`;

async function ask(event: unknown, env: Readonly<Record<string, string>> = {}) {
  const { answers, stdout, stderr } = await runBundle("auth", { ...leastEnvironment, ...env }, [event]);
  const { statusCode, headers, body, isBase64Encoded } = Object(answers[0]);
  const record = statusCode === 401 || statusCode === 403 ? "auth_denied" : "http_problem";
  expect(stdout).toBe("");
  expect(stderr.match(/\bmessage: '\w+'/g)).toEqual(statusCode < 400 ? null : [`message: '${record}'`]);
  return { statusCode, type: headers["content-type"], isBase64Encoded, body: JSON.parse(body) };
}

const authEvent = (body: string, headers: Readonly<Record<string, string>>, base64 = false) =>
  apiEvent({ method: "POST", path: `${BASE}/auth`, headers, body, base64 });

it("signs a subscription from a form, which API Gateway passes on as base64", async () => {
  const body = new URLSearchParams({ socket_id: SOCKET, channel_name: "private-audit-a=3Ab" }).toString();
  expect(await ask(authEvent(body, FORM, true))).toEqual({
    statusCode: 200,
    type: "application/json",
    isBase64Encoded: false,
    body: { auth: sign("private-audit-a=3Ab") },
  });
});

it("signs a subscription from JSON, as text and as base64", async () => {
  const body = JSON.stringify({ socket_id: SOCKET, channel_name: "private-global" });
  for (const base64 of [false, true])
    expect(await ask(authEvent(body, JSON_BODY, base64))).toMatchObject({
      statusCode: 200,
      body: { auth: sign("private-global") },
    });
});

it("denies with problem+json and Lambda's request id", async () => {
  const body = JSON.stringify({ socket_id: SOCKET, channel_name: "private-foobar" });
  expect(await ask(authEvent(body, JSON_BODY))).toMatchObject({
    statusCode: 403,
    type: "application/problem+json",
    isBase64Encoded: false,
    body: { code: "channel_not_allowed", request_id: "lambda-request-1" },
  });
});

it("answers 400 to a missing body", async () => {
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

it("authorizes encrypted channels if a master key is set", async () => {
  const env = { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") };
  const body = JSON.stringify({ socket_id: SOCKET, channel_name: "private-encrypted-audit-42" });
  expect(await ask(authEvent(body, JSON_BODY), env)).toMatchObject({
    statusCode: 200,
    body: { auth: sign("private-encrypted-audit-42"), shared_secret: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
  });
});

it("names a timeout of the issuer in the log, warns of its last keys, and writes the metric", async () => {
  const key = createKeyPair("ES256", "key-1");
  let requests = 0;
  const issuer = await startNeighbour("/jwks.json", (response, request) => {
    requests += 1;
    // The second request gets no answer.
    if (requests === 1) answers(200, { keys: [key.jwk] })(response, request);
  });
  onTestFinished(() => issuer.goDown());
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: "ann", exp: Math.floor(Date.now() / 1000) + 300 };
  const eventWith = (kid: string) =>
    authEvent(JSON.stringify({ socket_id: SOCKET, channel_name: "private-global" }), {
      ...JSON_BODY,
      authorization: `Bearer ${makeToken(key.signer, claims, { kid })}`,
    });
  const env = { ...leastEnvironment, ...jwtEnvironment, REALTIME_JWT_JWKS_URL: issuer.url };
  const { answers: given, stdout, stderr } = await runBundle("auth", env, [eventWith("key-1"), eventWith("key-2")]);
  expect(given).toMatchObject([{ statusCode: 200 }, { statusCode: 503 }]);
  expect(stderr).toMatch(/jwks_stale[^}]*reason: 'timeout'[\s\S]*auth_unavailable[^}]*reason: 'timeout'/);
  expect(JSON.parse(stdout)).toMatchObject({ service: "auth", JwksStale: 1, _aws: {} });
});

describe("an event that no Fetch request can represent gets a problem and no error in the log:", () => {
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

  it("malformed base64", async () => {
    expect(await ask({ ...authEvent("", JSON_BODY), body: "!!!notbase64", isBase64Encoded: true })).toMatchObject({
      statusCode: 400,
      type: "application/problem+json",
    });
  });
});
