import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen, startGateway, type TestGateway } from "../support/stack.ts";

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE): Promise<Response> =>
  fetch(gateway.apiUrl + path, { method: "POST", headers, body });

describe("POST /auth", () => {
  const granted = (channel_name: string, socket_id = "1234.1234") => JSON.stringify({ socket_id, channel_name });

  it.each([
    ["JSON", JSON_TYPE, granted("private-audit-42")],
    ["a form", FORM_TYPE, "socket_id=1234.1234&channel_name=private-audit-42"],
  ])("signs a channel of the gateway for a request with %s", async (_form, headers, body) => {
    const response = await post("/auth", body, headers);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ auth: expect.stringMatching(/^local-key:[0-9a-f]{64}$/) });
  });

  it.each([
    ["an empty body", "", 400, "invalid_body"],
    ["an array", "[]", 400, "invalid_body"],
    ["a body that is not JSON", "{", 400, "invalid_json"],
    [
      "a body with duplicate keys",
      '{"socket_id":"1.1","socket_id":"1.2","channel_name":"private-audit-1"}',
      400,
      "invalid_body",
    ],
    ["a body of 1 MiB", granted("x".repeat(1_048_576)), 413, "body_too_large"],
    ["fields of wrong types", '{"socket_id":1.1,"channel_name":["private-audit-1"]}', 400, "invalid_body"],
    ["a socket id with a newline", granted("private-audit-1", "1234.1234\n"), 400, "invalid_socket_id"],
    ["a public channel", granted("audit-1"), 403, "channel_not_allowed"],
    ["an unknown kind of channel", granted("private-foobar"), 403, "channel_not_allowed"],
    ["a prefix without a name", granted("private-"), 403, "channel_not_allowed"],
    ["an encrypted channel while encryption is off", granted("private-encrypted-audit-1"), 403, "channel_not_allowed"],
  ])("rejects a request: %s", async (_what, body, status, code) => {
    const response = await post("/auth", body);

    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, code });
  });
});

describe("GET /health", () => {
  it("answers without touching Pusher", async () => {
    const before = gateway.pusher.server?.requests.total;

    const response = await fetch(`${gateway.apiUrl}/health`);

    expect(response.status).toBe(200);
    expect(gateway.pusher.server?.requests.total).toBe(before);
  });
});

describe("POST /test", () => {
  it("publishes its default event if the body is absent", async () => {
    const listener = await listen(gateway, ["private-realtime-test"]);

    const response = await fetch(`${gateway.apiUrl}/test`, { method: "POST" });

    const answer = { channel: "private-realtime-test", event: "realtime.test", truncated: false, dry_run: false };
    expect(await response.json()).toMatchObject(answer);
    expect(await listener.next()).toMatchObject({ event: "realtime.test", data: { message: expect.any(String) } });
  });

  it("publishes the event in the body and returns its size", async () => {
    const listener = await listen(gateway, ["private-fiche-7"]);

    const response = await post(
      "/test",
      JSON.stringify({ channel: "private-fiche-7", event: "ping", payload: { a: 1 } }),
    );

    expect(await response.json()).toMatchObject({ bytes: 7, truncated: false });
    expect(await listener.next()).toEqual({ event: "ping", channel: "private-fiche-7", data: { a: 1 } });
  });
});
