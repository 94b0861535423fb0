import type { Publication } from "@realtime-gateway/pusher";
import { describe, expect, it } from "vitest";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { createTestEventApp, type TestEventDeps } from "../../../../functions/test-event/app.ts";
import { fakePublish, unavailable } from "../../../support/fake-publish.ts";
import { FORM_TYPE, post } from "../../../support/http-request.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const NOW = "2026-03-02T09:00:00.000Z";
const CONFIG: TestEventDeps["config"] = {
  form: "private",
  maxPayloadBytes: 9000,
  dryRun: false,
  testToken: undefined,
  basePath: BASE_PATH,
  allowedOrigins: [],
};

interface Setup {
  readonly config?: Partial<TestEventDeps["config"]>;
  readonly answer?: Publication;
  readonly contentType?: string;
  readonly authorization?: string;
}

async function send(body?: string, { config, answer, contentType, authorization }: Setup = {}) {
  const { log, records } = recordedLog();
  const { publish, calls } = fakePublish(() => answer ?? { ok: true });
  const app = createTestEventApp({ config: { ...CONFIG, ...config }, publish, log, now: () => new Date(NOW) });
  const credentials = authorization === undefined ? {} : { authorization };
  const { status, headers, body: answered } = await post(app, `${BASE_PATH}/test`, body, contentType, credentials);
  return { status, headers, body: answered, published: calls.flat(), records };
}

const json = (body: unknown, setup?: Setup) => send(JSON.stringify(body), setup);

describe("POST /test", () => {
  it.each([undefined, "", "{}"])("publishes the default event to the test channel without fields: %j", async (body) => {
    const { status, body: answered, published } = await send(body);
    const [entry] = published;
    expect(published).toHaveLength(1);
    expect(entry).toMatchObject({ channel: "private-realtime-test", name: "realtime.test" });
    expect(JSON.parse(entry?.data ?? "")).toEqual({ message: expect.any(String), ts: NOW });
    expect({ status, answered }).toEqual({
      status: 200,
      answered: {
        channel: "private-realtime-test",
        event: "realtime.test",
        bytes: Buffer.byteLength(entry?.data ?? ""),
        truncated: false,
        dry_run: false,
      },
    });
  });

  it.each([
    ["public", "realtime-test"],
    ["encrypted", "private-encrypted-realtime-test"],
  ] as const)("publishes with %s channels to %s", async (form, channel) => {
    expect((await send("{}", { config: { form } })).published).toMatchObject([{ channel }]);
  });

  it("publishes the channel, event and payload of the body", async () => {
    const body = { channel: "private-audit-a=3Ab", event: "audit.progress", payload: { audit_id: "a:b", été: "🎧" } };
    const { status, published, body: answered } = await json(body);
    const data = JSON.stringify(body.payload);
    expect(status).toBe(200);
    expect(published).toEqual([{ channel: body.channel, name: body.event, data }]);
    expect(answered).toMatchObject({ channel: body.channel, event: body.event, bytes: Buffer.byteLength(data) });
  });

  it("accepts a form, whose payload is JSON text", async () => {
    const body = new URLSearchParams({ channel: "private-global", event: "notification", payload: '{"type":"info"}' });
    const { published } = await send(body.toString(), { contentType: FORM_TYPE });
    expect(published).toEqual([{ channel: "private-global", name: "notification", data: '{"type":"info"}' }]);
  });

  it("truncates a payload above the limit and reports it", async () => {
    const { published, body } = await json({ payload: { id: "1", text: "x".repeat(9000), list: [1, 2] } });
    expect(published).toMatchObject([{ data: '{"id":"1","listCount":2,"truncated":true}' }]);
    expect(body).toMatchObject({ bytes: 41, truncated: true });
  });

  it("logs a truncation as a warning of event, channels, bytes and limit, never the payload", async () => {
    const payload = { text: "s3cr3t".repeat(2000) };
    expect((await json({ payload })).records).toEqual([
      {
        level: "warn",
        message: "payload_truncated",
        event: "realtime.test",
        channels: ["private-realtime-test"],
        bytes: Buffer.byteLength(JSON.stringify(payload)),
        limit: 9000,
      },
    ]);
  });

  it("accepts payloads as large as a queue message", async () => {
    expect(await json({ payload: { text: "x".repeat(1_048_000) } })).toMatchObject({
      status: 200,
      body: { truncated: true },
    });
  });

  it("reports a dry run", async () => {
    expect((await send("{}", { config: { dryRun: true } })).body).toMatchObject({ dry_run: true });
  });

  it("logs nothing of the payload", async () => {
    expect((await json({ payload: { a: "s3cr3t" } })).records).toEqual([]);
  });
});

describe("a channel that /test does not publish to", () => {
  it.each([
    "",
    "private-foobar",
    "audit-42",
    "presence-audit-42",
    "presence-global",
    "private-encrypted-audit-42",
    "private-audit-a:b",
    "private-audit-=80",
    `private-audit-${"x".repeat(160)}`,
  ])("is denied with 403: %j", async (channel) => {
    expect(await json({ channel })).toMatchObject({
      status: 403,
      body: { code: "channel_not_allowed" },
      published: [],
    });
  });

  it.each([null, 1, [], {}, ["private-global"]])("answers 400 if it is not a string: %j", async (channel) => {
    expect(await json({ channel })).toMatchObject({ status: 400, body: { code: "invalid_body" }, published: [] });
  });
});

describe("with public channels", () => {
  const config = { form: "public" } as const;

  it("publishes to a public channel of the gateway", async () => {
    const { status, published } = await json({ channel: "audit-42" }, { config });
    expect({ status, published }).toMatchObject({ status: 200, published: [{ channel: "audit-42" }] });
  });

  it.each(["", "foobar", "private-audit-42", "presence-audit-42", "private-encrypted-audit-42", "audit-", "audit-a:b"])(
    "denies any other channel with 403: %j",
    async (channel) => {
      expect(await json({ channel }, { config })).toMatchObject({
        status: 403,
        body: { code: "channel_not_allowed" },
        published: [],
      });
    },
  );
});

describe("with REALTIME_TEST_TOKEN", () => {
  const TOKEN = "s3cr3t-token";
  const config = { testToken: TOKEN };
  const withAuthorization = (authorization?: string, body = "{}") =>
    send(body, { config, ...(authorization !== undefined && { authorization }) });

  it.each([
    `Bearer ${TOKEN}`,
    `bearer ${TOKEN}`,
    `Bearer  ${TOKEN} `,
    `Bearer ${TOKEN}, Bearer ${TOKEN}`,
    `Bearer ${TOKEN},bearer ${TOKEN}`,
    `Bearer ${TOKEN} , Bearer ${TOKEN},Bearer ${TOKEN} `,
  ])("allows the token: %j", async (header) => {
    expect((await withAuthorization(header)).status).toBe(200);
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    TOKEN,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN} ${TOKEN}`,
    `Bearer ${TOKEN}, Bearer x`,
    `Bearer ${TOKEN}, Bearer ${TOKEN.toUpperCase()}`,
  ])("answers 401 missing_credentials without a token: %j", async (header) => {
    const { status, headers, body, published } = await withAuthorization(header);
    expect({ status, body, published }).toMatchObject({
      status: 401,
      body: { code: "missing_credentials" },
      published: [],
    });
    expect(headers.get("www-authenticate")).toBe("Bearer");
  });

  it.each(["x", TOKEN.toUpperCase(), `${TOKEN}x`, TOKEN.slice(1), "x".repeat(100_000)])(
    "answers 401 invalid_token for another token: %.30j",
    async (token) => {
      const { status, headers, body, published, records } = await withAuthorization(`Bearer ${token}`);
      expect({ status, body, published, records }).toMatchObject({
        status: 401,
        body: { code: "invalid_token" },
        published: [],
        records: [{ level: "warn", message: "http_problem", code: "invalid_token", status: 401 }],
      });
      expect(headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
      expect(JSON.stringify([body, records])).not.toContain(TOKEN);
    },
  );

  it.each(["{", '{"channel":"private-foobar"}', "x".repeat(1_100_000)])(
    "checks the token before the body: %.30j",
    async (body) => {
      expect((await withAuthorization(undefined, body)).body).toMatchObject({ code: "missing_credentials" });
      expect((await withAuthorization("Bearer x", body)).body).toMatchObject({ code: "invalid_token" });
      expect((await withAuthorization(`Bearer ${TOKEN}`, body)).status).not.toBe(401);
    },
  );

  it("ignores a token in the body", async () => {
    expect((await withAuthorization(undefined, JSON.stringify({ token: TOKEN, access_token: TOKEN }))).status).toBe(
      401,
    );
  });

  it("allows every request if the setting is absent", async () => {
    expect((await send("{}", { authorization: "Bearer anything" })).status).toBe(200);
  });
});

describe("an event name that /test does not publish", () => {
  it.each(["", null, 1, ["a"], "x".repeat(201), "pusher:error", "pusher_internal:x", "client-typing"])(
    "answers 400: %j",
    async (event) => {
      expect(await json({ event })).toMatchObject({ status: 400, body: { code: "invalid_body" }, published: [] });
    },
  );

  it("is not one of 200 characters", async () => {
    expect((await json({ event: "x".repeat(200) })).status).toBe(200);
  });
});

describe("a payload that /test does not publish", () => {
  it.each([null, 1, true, [], [{}], "text", "[]", "null", "{"])("answers 400: %j", async (payload) => {
    expect(await json({ payload })).toMatchObject({ status: 400, body: { code: "invalid_body" }, published: [] });
  });
});

describe("a payload under the limit", () => {
  it.each([
    '{"n":12345678901234567890,"f":1.0,"__proto__":{"a":1}}',
    '{ "spaced" : [ 1 ,2 ] }',
    `{"a":${"[".repeat(4000)}${"]".repeat(4000)}}`,
  ])("is published as written: %.60s", async (payload) => {
    expect((await send(`{"payload":${payload}}`)).published).toMatchObject([{ data: payload }]);
    const form = new URLSearchParams({ payload }).toString();
    expect((await send(form, { contentType: FORM_TYPE })).published).toMatchObject([{ data: payload }]);
  });
});

describe("a publication that fails", () => {
  it.each(["pusher_unavailable", "pusher_rate_limited", "pusher_misconfigured"] as const)(
    "answers 503 with the code %s",
    async (code) => {
      const answer: Publication = { ok: false, code, detail: "status 500" };
      expect(await send("{}", { answer })).toMatchObject({ status: 503, body: { code } });
    },
  );

  it("answers 422 for rejected_by_pusher, because the caller can correct the event", async () => {
    const answer: Publication = { ok: false, code: "rejected_by_pusher", detail: "status 413" };
    expect(await send("{}", { answer })).toMatchObject({ status: 422, body: { code: "rejected_by_pusher" } });
  });

  it.each([
    ["pusher_misconfigured", 401, "error", "http_failure", 503],
    ["rejected_by_pusher", 413, "warn", "http_problem", 422],
  ] as const)("is logged once with Pusher's own words, which the client does not get: %s", async (...row) => {
    const [code, pusherStatus, level, message, status] = row;
    const detail = `status ${pusherStatus}: Pusher's own words`;
    const { body, records } = await send("{}", { answer: { ok: false, code, detail, status: pusherStatus } });
    expect(records).toMatchObject([
      { level, message, code, status, detail: expect.stringMatching(/: Pusher's own words$/) },
    ]);
    expect(body).toMatchObject({ detail: expect.stringMatching(new RegExp(`: status ${pusherStatus}$`)) });
  });

  it("is logged once with its code, and not as a bug of the gateway", async () => {
    expect((await send("{}", { answer: unavailable })).records).toMatchObject([
      { level: "error", message: "http_failure", code: "pusher_unavailable", status: 503 },
    ]);
  });
});
