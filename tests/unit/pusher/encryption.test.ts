import { createRequire } from "node:module";
import { createPusherClient } from "@realtime-gateway/pusher";
import { isEncrypted, PUSHER_MAX_DATA_BYTES, wireBytes } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { encrypt } from "../../../packages/pusher/src/encryption.ts";
import { documentedApp, masterKey } from "../../support/pusher-app.ts";

/** Node loads the class itself, but the types describe a module around it. */
const PusherJs: typeof import("pusher-js").default = createRequire(import.meta.url)("pusher-js");

const CHANNEL = "private-encrypted-audit-42";
const SOCKET = "1234.1234";

/** Returns the payload that `pusher-js` decrypts. The client has no transport; the test passes the frame to it. */
function seenByBrowser(data: string, channelName = CHANNEL): unknown {
  const client = createPusherClient({ ...documentedApp, encryptionMasterKey: masterKey }, { timeoutMs: 1000 });
  const browser = new PusherJs("key", {
    cluster: "mt1",
    enabledTransports: [],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "",
      customHandler: ({ channelName }, done) => done(null, client.authorizeChannel(SOCKET, channelName)),
    },
  });
  const seen: unknown[] = [];
  const channel = browser.subscribe(channelName);
  channel.bind("audit.progress", (payload: unknown) => seen.push(payload));
  channel.authorize(SOCKET, () => {});
  channel.handleEvent({ event: "audit.progress", channel: channelName, data: JSON.parse(data) });
  browser.disconnect();
  return seen[0];
}

describe("an encrypted event", () => {
  it.each([
    ["words", '{"audit_id":"42","name":"Zoé 🎧"}'],
    ["nothing", "{}"],
    ["much", `{"text":"${"x".repeat(7000)}"}`],
  ])("is decrypted by pusher-js: %s", (_, json) => {
    expect(seenByBrowser(encrypt(json, CHANNEL, masterKey))).toEqual(JSON.parse(json));
  });

  it("is not decrypted with another channel's key", () => {
    expect(seenByBrowser(encrypt('{"a":1}', "private-encrypted-audit-43", masterKey))).toBeUndefined();
  });

  it("contains a nonce and a ciphertext, and no part of its payload", () => {
    const data = encrypt('{"audit_id":"s3cr3t"}', CHANNEL, masterKey);
    expect(Object.keys(JSON.parse(data))).toEqual(["nonce", "ciphertext"]);
    expect(data).not.toContain("s3cr3t");
  });

  it("differs each time", () => {
    expect(encrypt("{}", CHANNEL, masterKey)).not.toBe(encrypt("{}", CHANNEL, masterKey));
  });

  it.each([0, 1, 2, 3, 255, 7617, 7618, 7619, 7620, 9000])(
    "of %i bytes has the size that the guard counts",
    (bytes) => {
      expect(encrypt("x".repeat(bytes), CHANNEL, masterKey)).toHaveLength(wireBytes(bytes, "encrypted"));
    },
  );

  it("fits Pusher's limit up to 7619 bytes", () => {
    expect(wireBytes(7619, "encrypted")).toBeLessThanOrEqual(PUSHER_MAX_DATA_BYTES);
    expect(wireBytes(7620, "encrypted")).toBeGreaterThan(PUSHER_MAX_DATA_BYTES);
    expect(wireBytes(9000, "encrypted")).toBe(12_084);
  });
});

it("recognises encrypted channels by their name", () => {
  expect(isEncrypted("private-encrypted-global")).toBe(true);
  for (const name of ["private-global", "encrypted-global", "presence-encrypted-global", "global"])
    expect(isEncrypted(name)).toBe(false);
});
