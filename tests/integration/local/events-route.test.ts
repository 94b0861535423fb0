import { request } from "node:http";
import { json } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { createControlRoute } from "../../../packages/local/src/control/control-route.ts";
import { sendEvents } from "../../../packages/local/src/control/operations.ts";
import { startHttpApi } from "../../../packages/local/src/http-api/http-api.ts";
import { EVENTS_PATH } from "../../../packages/local/src/send-events/events-route.ts";
import { createEventSender } from "../../../packages/local/src/send-events/send-events.ts";
import { openQueue } from "../../support/local-queue.ts";
import { relayConfig } from "../../support/relay-run.ts";

const notification = (message: string) => ({ type: "notification", data: { type: "info", message } });

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The route in front of a real queue. */
async function openRoute(options: Parameters<typeof openQueue>[0] = {}) {
  const opened = await openQueue(options);
  const sender = createEventSender(opened.queue, relayConfig);
  const api = await startHttpApi({ port: 0, routes: [], ownRoutes: [createControlRoute([sendEvents(sender)])] });
  onTestFinished(() => api.close());
  /** `fetch` may set neither `Host` nor `Origin`. */
  const post = (body: string, { method = "POST", headers = {} }: Sent = {}) =>
    new Promise<{ readonly status: number | undefined; readonly headers: object; readonly body: unknown }>(
      (resolve, reject) => {
        const target = { host: "127.0.0.1", port: api.port, path: EVENTS_PATH, method, headers: { ...headers } };
        const outgoing = request(target, (incoming) => {
          const { statusCode: status, headers: answered } = incoming;
          const read = status === 204 ? Promise.resolve(undefined) : json(incoming);
          read.then((body) => resolve({ status, headers: answered, body }), reject);
        });
        outgoing.on("error", reject);
        outgoing.end(body);
      },
    );
  const waiting = async (): Promise<string | undefined> =>
    (await opened.attributes(opened.queue.queueUrl)).ApproximateNumberOfMessages;
  return { ...opened, post, waiting };
}

describe("POST /_realtime/events", () => {
  it("puts one event into the queue, byte for byte", async () => {
    const { queue, post, receive } = await openRoute();
    const body = '{ "type": "notification", "data": {"type":"info","message":"é","ref":12345678901234567890} }';
    const answer = await post(body);
    const [message] = await receive(queue.queueUrl);
    expect(message?.Body).toBe(body);
    expect(answer).toMatchObject({
      status: 200,
      body: { message_id: message?.MessageId, event: "notification", channels: ["private-global"] },
    });
  });

  it.each([{}, { "content-type": "application/x-www-form-urlencoded" }, { "content-type": "application/json" }])(
    "reads JSON whatever its type: %j",
    async (headers) => {
      const { post } = await openRoute();
      expect(await post(JSON.stringify(notification("a")), { headers })).toMatchObject({ status: 200 });
    },
  );

  it("puts a list of events into the queue, in order", async () => {
    const { post, receive, queue } = await openRoute({ fifo: true });
    const events = Array.from({ length: 12 }, (_, index) => notification(`${index}`));
    expect(await post(JSON.stringify(events))).toMatchObject({
      status: 200,
      body: events.map(() => ({ event: "notification" })),
    });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: JSON.stringify(notification("0")) }]);
  });

  it("sends equal events twice on a FIFO queue too", async () => {
    const { post, waiting } = await openRoute({ fifo: true });
    await post(JSON.stringify([notification("a"), notification("a")]));
    expect(await waiting()).toBe("2");
  });

  it("answers per event, and keeps the bad ones out of the queue", async () => {
    const { post, waiting } = await openRoute();
    const answer = await post(
      JSON.stringify([notification("a"), { type: "audt.progress", data: {} }, notification("\uffff")]),
    );
    expect(answer).toMatchObject({
      status: 207,
      body: [
        { message_id: expect.any(String), event: "notification" },
        {
          code: "unknown_event",
          detail: expect.stringContaining("did you mean audit.progress?"),
          event: "audt.progress",
        },
        { code: "not_queued", detail: expect.stringContaining("InvalidMessageContents"), event: "notification" },
      ],
    });
    expect(await waiting()).toBe("1");
  });

  it("answers a bad event with a problem", async () => {
    const { post, waiting } = await openRoute();
    expect(await post("{nonsense")).toMatchObject({
      status: 422,
      headers: { "content-type": "application/problem+json" },
      body: {
        status: 422,
        title: "Unprocessable Entity",
        code: "invalid_json",
        detail: expect.stringContaining("position"),
      },
    });
    expect(await post('[{"type":"audit.progress","data":{}}]')).toMatchObject({
      status: 422,
      body: [{ code: "invalid_event" }],
    });
    expect(await waiting()).toBe("0");
  });

  it.each([
    ["GET", "", 405, "method_not_allowed"],
    ["PUT", "{}", 405, "method_not_allowed"],
    ["POST", "[]", 400, "no_events"],
    ["POST", " ".repeat(10_485_761), 413, "body_too_large"],
  ])("rejects %s with %.9s", async (method, body, status, code) => {
    const { post } = await openRoute();
    expect(await post(body, { method })).toMatchObject({ status, body: { code } });
  });

  it.each([
    ["a page of another site", { origin: "https://evil.example" }],
    ["a name that resolves to this machine", { host: "evil.example:3000" }],
  ])("rejects a request of %s", async (_what, headers) => {
    const { post, waiting } = await openRoute();
    expect(await post(JSON.stringify(notification("a")), { headers })).toMatchObject({
      status: 403,
      body: { code: "not_local" },
    });
    expect(await waiting()).toBe("0");
  });

  it("may be called by pages of this machine", async () => {
    const { post } = await openRoute();
    const origin = "http://localhost:5173";
    const headers = { origin, "access-control-request-method": "POST" };
    expect(await post("", { method: "OPTIONS", headers })).toMatchObject({
      status: 204,
      headers: {
        "access-control-allow-origin": origin,
        "access-control-allow-headers": expect.stringContaining("content-type"),
      },
    });
    expect(await post(JSON.stringify(notification("a")), { headers: { origin } })).toMatchObject({
      status: 200,
      headers: { "access-control-allow-origin": origin },
    });
  });
});
