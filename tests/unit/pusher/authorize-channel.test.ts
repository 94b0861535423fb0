import { createHash, createHmac } from "node:crypto";
import { createPusherClient, type PusherApp } from "@realtime-gateway/pusher";
import { describe, expect, it } from "vitest";
import { DOCUMENTED_KEY, DOCUMENTED_SECRET, documentedApp, masterKey } from "../../support/pusher-app.ts";

const SOCKET = "1234.1234";

const clientOf = (app: PusherApp) => createPusherClient(app, { timeoutMs: 1000 });
const signed = (text: string): string =>
  `${DOCUMENTED_KEY}:${createHmac("sha256", DOCUMENTED_SECRET).update(text).digest("hex")}`;

describe("Pusher's documented examples", () => {
  it("give the same signature for a private channel", () => {
    const { auth } = clientOf(documentedApp).authorizeChannel(SOCKET, "private-foobar");
    expect(auth).toBe(`${DOCUMENTED_KEY}:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4`);
  });

  it("give the same signature for a presence channel with a number as user id", () => {
    const channelData = '{"user_id":10,"user_info":{"name":"Mr. Channels"}}';
    const member = JSON.parse(channelData);
    expect(clientOf(documentedApp).authorizeChannel(SOCKET, "presence-foobar", member)).toEqual({
      auth: `${DOCUMENTED_KEY}:31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80`,
      channel_data: channelData,
    });
  });
});

describe("an authorization", () => {
  it("signs the socket and the channel", () => {
    expect(clientOf(documentedApp).authorizeChannel("1.2", "private-audit-a=3Ab")).toEqual({
      auth: signed("1.2:private-audit-a=3Ab"),
    });
  });

  it("signs the text of a member on a presence channel, also beyond ASCII", () => {
    const member = { user_id: "u-1", user_info: { name: "Zoé 🎧" } };
    expect(clientOf(documentedApp).authorizeChannel("1.2", "presence-global", member)).toEqual({
      auth: signed(`1.2:presence-global:${JSON.stringify(member)}`),
      channel_data: JSON.stringify(member),
    });
  });

  it("of an encrypted channel contains the key of the channel and not the master key", () => {
    const client = clientOf({ ...documentedApp, encryptionMasterKey: masterKey });
    const channel = "private-encrypted-audit-42";
    expect(client.authorizeChannel("1.2", channel)).toEqual({
      auth: signed(`1.2:${channel}`),
      shared_secret: createHash("sha256").update(channel).update(masterKey).digest("base64"),
    });
  });

  it("of an encrypted channel throws without a master key", () => {
    expect(() => clientOf(documentedApp).authorizeChannel("1.2", "private-encrypted-audit-42")).toThrow();
  });

  it.each(["1234", "1.2\n", "1.2:private-other", "١.٢", ""])("throws for the socket id %j", (socketId) => {
    expect(() => clientOf(documentedApp).authorizeChannel(socketId, "private-foobar")).toThrow();
  });

  it("does not change the member", () => {
    const member = Object.freeze({ user_id: "u-1", user_info: Object.freeze({ name: "Zoé" }) });
    clientOf(documentedApp).authorizeChannel("1.2", "presence-global", member);
    expect(member).toEqual({ user_id: "u-1", user_info: { name: "Zoé" } });
  });
});
