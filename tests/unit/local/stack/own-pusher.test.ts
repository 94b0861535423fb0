import { describe, expect, it } from "vitest";
import { ownPusher } from "../../../../packages/local/src/stack/own-pusher.ts";

const ENV = { PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s", PUSHER_HOST: "soketi.example" };

describe("a Pusher-compatible server of one's own", () => {
  it("is reached by TLS on port 443, unless the environment names others", () => {
    expect(ownPusher(ENV)).toMatchObject({
      port: 443,
      client: { forceTLS: true, wsHost: "soketi.example", wssPort: 443 },
    });
    expect(ownPusher({ ...ENV, PUSHER_SCHEME: "http", PUSHER_PORT: "6001" })).toMatchObject({
      port: 6001,
      client: { forceTLS: false, wsPort: 6001 },
    });
  });

  it("keeps its secret for the functions only", () => {
    const { env, ...printed } = Object(ownPusher(ENV));
    expect(env).toEqual(ENV);
    expect(JSON.stringify(printed)).not.toContain('"s"');
  });

  it("needs its whole address, and every missing variable is named", () => {
    expect(ownPusher({ PUSHER_KEY: "k", PUSHER_PORT: "http" })).toEqual({
      faults: expect.arrayContaining([
        "PUSHER_HOST is missing",
        "PUSHER_APP_ID is missing",
        "PUSHER_SECRET is missing",
        "PUSHER_PORT must be an integer from 1 to 65535",
      ]),
    });
  });
});
