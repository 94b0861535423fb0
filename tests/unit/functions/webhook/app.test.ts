import { describe, expect, it } from "vitest";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { createWebhookApp, type WebhookDeps } from "../../../../functions/webhook/app.ts";
import type { ReceivedEvent } from "../../../../functions/webhook/webhook.ts";
import { answerOf } from "../../../support/http-request.ts";
import { documentedApp } from "../../../support/pusher-app.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { NOW_MS, OCCUPIED, signatureOf, webhookBody, webhookHeaders } from "../../../support/webhooks.ts";

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly forward?: WebhookDeps["forward"];
}

async function send(body: string, { headers, method = "POST", forward }: Sent = {}) {
  const { log, records } = recordedLog();
  const counted: string[] = [];
  const app = createWebhookApp({
    config: { webhookKeys: [documentedApp], basePath: BASE_PATH, allowedOrigins: [] },
    forward,
    countEvents: (events) => void counted.push(...events.map(({ name }) => name)),
    log,
    nowMs: () => NOW_MS,
  });
  const init = { method, headers: headers ?? webhookHeaders(body), ...(method === "POST" && { body }) };
  const lambda = { lambdaContext: { awsRequestId: "req-1" } };
  const response = await answerOf(await app.request(`${BASE_PATH}/webhook`, init, lambda));
  return { ...response, counted, records };
}

const CLIENT_EVENT = {
  name: "client_event",
  channel: "presence-audit-42",
  event: "client-s3cr3t",
  data: '{"typed":"s3cr3t"}',
  socket_id: "1.2",
  user_id: "s3cr3t",
};

describe("a webhook of the app", () => {
  it("is accepted, and its events are counted", async () => {
    const { status, body, headers, counted } = await send(webhookBody([OCCUPIED, CLIENT_EVENT]));
    expect({ status, body }).toEqual({ status: 200, body: { received: 2 } });
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(counted).toEqual(["channel_occupied", "client_event"]);
  });

  it("is logged by event and channel, without users' data", async () => {
    const { records } = await send(webhookBody([OCCUPIED, CLIENT_EVENT]));
    expect(records).toEqual([
      {
        level: "info",
        message: "webhook_event",
        event: "channel_occupied",
        channel: "private-audit-42",
        request_id: "req-1",
      },
      {
        level: "info",
        message: "webhook_event",
        event: "client_event",
        channel: "presence-audit-42",
        request_id: "req-1",
      },
    ]);
  });

  it("may be empty", async () => {
    expect(await send(webhookBody([]))).toMatchObject({ status: 200, body: { received: 0 }, counted: [], records: [] });
  });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'application/json; charset="utf-8"',
    "Application/JSON",
  ])("may have the content type %s", async (type) => {
    const body = webhookBody();
    expect((await send(body, { headers: { ...webhookHeaders(body), "content-type": type } })).status).toBe(200);
  });
});

describe("a request that is not a webhook of the app", () => {
  const body = webhookBody();
  const headers = webhookHeaders(body);
  const { "x-pusher-signature": _signature, ...unsigned } = headers;
  const { "x-pusher-key": _key, ...keyless } = headers;
  const stale = webhookBody([OCCUPIED], NOW_MS - 300_001);

  it.each<[string, string, string, Readonly<Record<string, string>>]>([
    ["without a signature", "missing_signature", body, unsigned],
    ["without a key", "missing_signature", body, keyless],
    ["of another app", "unknown_key", body, { ...headers, "x-pusher-key": "other" }],
    [
      "signed with another secret",
      "invalid_signature",
      body,
      { ...headers, "x-pusher-signature": signatureOf(body, "x") },
    ],
    ["changed after it was signed", "invalid_signature", `${body} `, headers],
    ["empty and unsigned", "missing_signature", "", { "content-type": "application/json" }],
    ["without headers", "missing_signature", body, {}],
    ["of another app and media type", "unknown_key", body, { ...headers, "x-pusher-key": "x", "content-type": "x/y" }],
    ["empty", "invalid_webhook", "", webhookHeaders("")],
    ["no JSON", "invalid_webhook", "{", webhookHeaders("{")],
    ["too old", "stale_webhook", stale, webhookHeaders(stale)],
  ])("answers 401: %s → %s", async (_what, code, sent, sentHeaders) => {
    const answer = await send(sent, {
      headers: sentHeaders,
      forward: () => Promise.reject(new Error("nothing may be sent on")),
    });
    const refused = { level: "warn", message: "webhook_refused", code, request_id: "req-1" };
    expect(answer).toMatchObject({ status: 401, body: { code, request_id: "req-1" }, counted: [] });
    expect(answer.records).toEqual([refused]);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""])(
    "answers 415 for the content type %j",
    async (type) => {
      const answer = await send(body, { headers: { ...headers, "content-type": type } });
      expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" }, counted: [] });
    },
  );

  it("answers 415 if it is compressed", async () => {
    const answer = await send(body, { headers: { ...headers, "content-encoding": "gzip" } });
    expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it("answers 413 above a megabyte, signed or not", async () => {
    const large = webhookBody([{ ...OCCUPIED, data: "x".repeat(1_048_576) }]);
    expect(await send(large)).toMatchObject({ status: 413, body: { code: "body_too_large" }, counted: [] });
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])("answers 405 to %s", async (method) => {
    const { status, headers: answered } = await send("", { method, headers: {} });
    expect({ status, allow: answered.get("allow") }).toEqual({ status: 405, allow: "POST" });
  });
});

describe("with a queue", () => {
  it("forwards the events with the signed bytes", async () => {
    const sent: { events: readonly ReceivedEvent[]; body: string }[] = [];
    const body = webhookBody([OCCUPIED, CLIENT_EVENT]);
    await send(body, {
      forward: async (events, bytes) => void sent.push({ events, body: Buffer.from(bytes).toString() }),
    });
    expect(sent).toMatchObject([{ body }]);
    expect(sent[0]?.events.map(({ json }) => JSON.parse(json))).toEqual([
      { ...OCCUPIED, time_ms: NOW_MS },
      { ...CLIENT_EVENT, time_ms: NOW_MS },
    ]);
  });

  it("answers 503 and counts nothing if the queue fails, because Pusher sends the webhook again", async () => {
    const forward = () => Promise.reject(new TypeError("s3cr3t"));
    const { status, body, counted, records } = await send(webhookBody(), { forward });
    expect({ status, body, counted }).toMatchObject({ status: 503, body: { code: "queue_unavailable" }, counted: [] });
    expect(records).toEqual([
      {
        level: "error",
        message: "webhook_not_queued",
        code: "queue_unavailable",
        status: 503,
        error: "TypeError",
        request_id: "req-1",
      },
    ]);
    expect(JSON.stringify(body)).not.toContain("s3cr3t");
  });
});
