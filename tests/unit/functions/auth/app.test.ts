import { createHash, createHmac } from "node:crypto";
import { createPusherClient } from "@realtime-gateway/pusher";
import { describe, expect, it } from "vitest";
import { type AuthAppDeps, createAuthApp } from "../../../../functions/auth/app.ts";
import { authenticateAnonymously } from "../../../../functions/auth/modes/open.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { answerOf, FORM_TYPE, post } from "../../../support/http-request.ts";
import { DOCUMENTED_KEY, DOCUMENTED_SECRET, documentedApp, masterKey } from "../../../support/pusher-app.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const SOCKET = "1234.1234";

type Form = AuthAppDeps["config"]["form"];

function authApp(form: Form = "private") {
  const app = { ...documentedApp, ...(form === "encrypted" && { encryptionMasterKey: masterKey }) };
  const { log, records } = recordedLog();
  const signer = createPusherClient(app, { timeoutMs: 1000 });
  const config = { form, basePath: BASE_PATH, allowedOrigins: [] };
  return { app: createAuthApp({ config, signer, authenticate: authenticateAnonymously, log }), records };
}

const send = (body: string | undefined, contentType?: string, form?: Form) =>
  post(authApp(form).app, `${BASE_PATH}/auth`, body, contentType);

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const ask = (channel_name: string, socket_id = SOCKET, published?: Form) =>
  send(form({ socket_id, channel_name }), FORM_TYPE, published);

const signed = (text: string): string =>
  `${DOCUMENTED_KEY}:${createHmac("sha256", DOCUMENTED_SECRET).update(text).digest("hex")}`;

describe("POST /auth", () => {
  it.each([
    ["a form", form({ socket_id: SOCKET, channel_name: "private-audit-42" }), FORM_TYPE],
    ["JSON", JSON.stringify({ socket_id: SOCKET, channel_name: "private-audit-42" }), "application/json"],
    [
      "JSON with more in it",
      `{"more":[],"socket_id":"${SOCKET}","channel_name":"private-audit-42"}`,
      "application/json",
    ],
  ])("answers %s with status 200 and the signature", async (_, body, contentType) => {
    const { status, headers, body: answer } = await send(body, contentType);
    expect({ status, type: headers.get("content-type"), answer }).toEqual({
      status: 200,
      type: "application/json",
      answer: { auth: signed(`${SOCKET}:private-audit-42`) },
    });
  });

  it("adds channel_data to a presence channel, with an anonymous id derived from the socket", async () => {
    const channelData = JSON.stringify({ user_id: `anonymous-${SOCKET}`, user_info: {} });
    expect((await ask("presence-audit-42")).body).toEqual({
      auth: signed(`${SOCKET}:presence-audit-42:${channelData}`),
      channel_data: channelData,
    });
  });

  it("gives each socket its own anonymous id, within Pusher's 128 characters", async () => {
    const ids = await Promise.all(
      ["1.2", "12.3", `${"9".repeat(20)}.${"9".repeat(20)}`].map(async (socket) => {
        const { channel_data } = Object((await ask("presence-global", socket)).body);
        return String(JSON.parse(channel_data).user_id);
      }),
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(128);
  });

  it("adds the shared secret for an encrypted channel", async () => {
    const channel = "private-encrypted-audit-42";
    expect((await ask(channel, SOCKET, "encrypted")).body).toEqual({
      auth: signed(`${SOCKET}:${channel}`),
      shared_secret: createHash("sha256").update(channel).update(masterKey).digest("base64"),
    });
  });

  it.each([
    "private-foobar",
    "presence-foobar",
    "audit-42",
    "private-",
    "private-encrypted-audit-42",
    "private-audit-=",
  ])("denies %s with 403", async (channel) => {
    expect(await ask(channel)).toMatchObject({ status: 403, body: { code: "channel_not_allowed" } });
  });

  it("denies a form-encoded channel name that is not UTF-8", async () => {
    const answer = await send("socket_id=1.2&channel_name=private-audit-%80", FORM_TYPE);
    expect(answer).toMatchObject({ status: 403, body: { code: "channel_not_allowed" } });
  });

  it("denies private channels if events are published to public ones", async () => {
    expect(await ask("private-audit-42", SOCKET, "public")).toMatchObject({ status: 403 });
  });

  it("sends no signature with a denial or a bad request", async () => {
    for (const { body } of [await ask("private-foobar"), await ask("private-audit-42", "x"), await send("[]")])
      expect(JSON.stringify(body)).not.toContain(DOCUMENTED_KEY);
  });
});

describe("a socket id", () => {
  it.each(["1.2", "0.0", "1234.1234", `${"9".repeat(20)}.${"9".repeat(20)}`])("is accepted: %s", async (socket) => {
    expect(await ask("private-global", socket)).toMatchObject({
      status: 200,
      body: { auth: signed(`${socket}:private-global`) },
    });
  });

  it.each([
    "",
    "1",
    "1.",
    ".1",
    "1.2.3",
    "1.2\n",
    "\n1.2",
    "1.2\r\n",
    "1.2 ",
    "1.2:private-audit-43",
    "1.2:presence-global:{}",
    "-1.2",
    "1e3.4",
    "0x1.2",
    "１.２",
    "١.٢",
    "1.2\u0000",
    `${"9".repeat(21)}.1`,
    `1.${"9".repeat(21)}`,
    "9".repeat(60_000),
  ])("is rejected with 400: %j", async (socket) => {
    expect(await ask("private-global", socket)).toMatchObject({ status: 400, body: { code: "invalid_socket_id" } });
    expect(await send(JSON.stringify({ socket_id: socket, channel_name: "private-global" }))).toMatchObject({
      status: 400,
      body: { code: "invalid_socket_id" },
    });
  });
});

describe("an unusable body of POST /auth", () => {
  it.each([
    ["nothing", undefined],
    ["empty text", ""],
    ["an empty object", "{}"],
    ["an array", '["1.2","private-global"]'],
    ["null", "null"],
    ["no socket", '{"channel_name":"private-global"}'],
    ["no channel", '{"socket_id":"1.2"}'],
    ["a number for a socket", '{"socket_id":1.2,"channel_name":"private-global"}'],
    ["a list of sockets", '{"socket_id":["1.2"],"channel_name":"private-global"}'],
    ["an empty list of channels", '{"socket_id":"1.2","channel_name":[]}'],
    ["a list with a number", '{"socket_id":"1.2","channel_name":["private-global",1]}'],
    ["a list with null", '{"socket_id":"1.2","channel_name":[null]}'],
    ["a list beside numbered names", '{"socket_id":"1.2","channel_name":["private-global"],"channel_name[0]":"x"}'],
    ["two lists", '{"socket_id":"1.2","channel_name":["private-global"],"channel_name":["private-audit-1"]}'],
    ["an object for a channel", '{"socket_id":"1.2","channel_name":{"toString":"private-global"}}'],
    ["null for a channel", '{"socket_id":"1.2","channel_name":null}'],
    ["two channels", '{"socket_id":"1.2","channel_name":"private-global","channel_name":"private-audit-1"}'],
    ["inherited fields", '{"__proto__":{"socket_id":"1.2","channel_name":"private-global"}}'],
  ])("is 400 invalid_body: %s", async (_, body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { code: "invalid_body" } });
  });

  it("is 400 invalid_body: a form with two channel names", async () => {
    const body = "socket_id=1.2&channel_name=private-audit-1&channel_name=private-audit-2";
    expect(await send(body, FORM_TYPE)).toMatchObject({ status: 400, body: { code: "invalid_body" } });
  });

  it("is 400 invalid_json if it is not JSON", async () => {
    expect(await send("socket_id=1.2&channel_name=private-global")).toMatchObject({
      status: 400,
      body: { code: "invalid_json" },
    });
  });

  it("is 413 body_too_large above 64 KiB", async () => {
    for (const bytes of [65_537, 1_048_576])
      expect(await send("x".repeat(bytes))).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  });

  it("is 415 unsupported_media_type if it is plain text", async () => {
    expect(await send("{}", "text/plain")).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it("is logged once with its code, and without what the client sent", async () => {
    const { app, records } = authApp();
    await post(app, `${BASE_PATH}/auth`, '{"socket_id":"s3cr3t"}');
    expect(records).toMatchObject([
      { level: "warn", message: "http_problem", code: "invalid_socket_id", status: 400, request_id: undefined },
    ]);
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });
});

describe("POST /user-auth", () => {
  it("is denied in open mode, which has no users", async () => {
    const answer = await post(authApp().app, `${BASE_PATH}/user-auth`, form({ socket_id: SOCKET }), FORM_TYPE);
    expect(answer).toMatchObject({ status: 403, body: { code: "users_unknown" } });
  });
});

describe("GET /health", () => {
  it("answers without credentials", async () => {
    const answer = await answerOf(await authApp().app.request(`${BASE_PATH}/health`));
    expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  it("answers HEAD without a body", async () => {
    const response = await authApp().app.request(`${BASE_PATH}/health`, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

it("answers GET /auth with 405 and the allowed method", async () => {
  const response = await authApp().app.request(`${BASE_PATH}/auth`);
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});
