import fc from "fast-check";
import { expect, test } from "vitest";
import { APP, call, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

const NAMES = ["subscribe", "unsubscribe", "signin", "ping", "pong", "error"].map((name) => `pusher:${name}`);
const CHANNELS = ["news", "private-news", "presence-news", "cache-news", "#server-to-user-ann", ""];

const frame = fc.record(
  {
    event: fc.oneof(fc.constantFrom(...NAMES, "client-typing", "__proto__"), fc.jsonValue()),
    channel: fc.oneof(fc.constantFrom(...CHANNELS), fc.jsonValue()),
    data: fc.oneof(
      fc.record(
        {
          channel: fc.oneof(fc.constantFrom(...CHANNELS), fc.jsonValue()),
          auth: fc.oneof(fc.constantFrom("", ":", `${APP.key}:`, "a:b:c"), fc.jsonValue()),
          channel_data: fc.oneof(fc.json(), fc.jsonValue()),
          user_data: fc.oneof(fc.json(), fc.jsonValue()),
        },
        { requiredKeys: [] },
      ),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

test("no frame of a client closes its connection", async () => {
  const client = await rawClientOf(await startServer());
  await fc.assert(
    fc.asyncProperty(frame, async (message) => {
      client.sendText(JSON.stringify(message));
      await client.settled();
    }),
    { numRuns: 300 },
  );
});

test("deeply nested data gets an error", async () => {
  const client = await rawClientOf(await startServer());
  await client.join("private-news");
  const nested = "[".repeat(60_000) + "]".repeat(60_000);
  client.sendText(`{"event":"client-typing","channel":"private-news","data":${nested}}`);
  await expect(client.next("pusher:error")).resolves.toBeDefined();
});

test("no signed body causes a 500", async () => {
  const server = await startServer();
  const event = fc.record(
    {
      name: fc.oneof(fc.string(), fc.jsonValue()),
      data: fc.oneof(fc.string(), fc.jsonValue()),
      channel: fc.oneof(fc.constantFrom(...CHANNELS), fc.jsonValue()),
      channels: fc.oneof(fc.array(fc.constantFrom(...CHANNELS)), fc.jsonValue()),
      socket_id: fc.jsonValue(),
      info: fc.oneof(fc.constantFrom("user_count", "subscription_count", ","), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(event, fc.record({ batch: fc.oneof(fc.array(event), fc.jsonValue()) }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("/events", "/batch_events"), body, async (path, value) => {
      const { status } = await call(server, "POST", path, value);
      expect([200, 400, 413]).toContain(status);
    }),
    { numRuns: 300 },
  );
});

test.each(["/", "/apps", "/apps/42", "/apps/%E0%A4%A/events", "/apps/42/channels/%E0%A4%A", "/apps/42//", "/?=&%=%"])(
  "GET %s is rejected",
  async (path) => {
    const { url } = await startServer();
    const { status } = await fetch(`${url}${path}`);
    expect([401, 404]).toContain(status);
  },
);
