import { PusherJs } from "@realtime-gateway/local";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createEcho } from "../../examples/browser/echo.ts";
import { pusherOptions } from "../../examples/browser/pusher-options.ts";
import { type ClientGateway, startClientGateway } from "../support/clients/gateway.ts";
import { AUDIENCE, hmac, ISSUER, JWT_SECRET, makeToken } from "../support/tokens.ts";

const jwt = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: JWT_SECRET,
  REALTIME_JWT_ISSUER: ISSUER,
  REALTIME_JWT_AUDIENCE: AUDIENCE,
};
const encrypted = { ...jwt, PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") };

const tokenOf = (user: string): string =>
  makeToken(hmac(JWT_SECRET), {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: user,
    exp: Math.floor(Date.now() / 1000) + 300,
    realtime: { channels: ["audit-42"] },
  });

/** Laravel Echo as a page sets it up, for a user of the gateway. */
function openEcho({ address }: ClientGateway, user: string) {
  const authUrl = address.authUrl.replace(/\/auth$/, "");
  const options = pusherOptions({ cluster: "local", authUrl, accessToken: () => tokenOf(user) });
  const echo = createEcho(new PusherJs(address.key, { ...options, ...address.client }));
  onTestFinished(() => echo.disconnect());
  return echo;
}

const EVENT = "audit.config_loaded";
const payload = { audit_id: "42", config_id: "7" };

describe.each([
  { form: "private", env: jwt },
  { form: "encrypted", env: encrypted },
] as const)("Laravel Echo, where the gateway publishes to $form channels", ({ form, env }) => {
  let gateway: ClientGateway;
  beforeAll(async () => {
    gateway = await startClientGateway(env);
  });
  afterAll(() => gateway.stop());

  /** Subscribes to the gateway's channel of an audit. */
  const open = (name: string, user = "ann") => {
    const echo = openEcho(gateway, user);
    return form === "encrypted" ? echo.encryptedPrivate(name) : echo.private(name);
  };

  it("gets the events of a channel that the user may join", async () => {
    const channel = open("audit-42");
    const event = new Promise((resolve) => channel.listen(`.${EVENT}`, resolve));
    await new Promise<void>((resolve) => channel.subscribed(() => resolve()));
    await gateway.publish(EVENT, payload);
    expect(await event).toEqual(payload);
  });

  it("gets an error for a channel that the user may not join", async () => {
    const channel = open("audit-43");
    const error = await new Promise((resolve) => channel.error(resolve));
    expect(error).toMatchObject({ type: "AuthError", status: 403 });
  });

  it("shows the members of a presence channel, with empty info for those without any", async () => {
    const here = (user: string) =>
      new Promise<unknown>((resolve) => openEcho(gateway, user).join("audit-42").here(resolve));
    expect(await here("ann")).toEqual([{}]);
    expect(await here("bob")).toEqual([{}, {}]);
  });
});
