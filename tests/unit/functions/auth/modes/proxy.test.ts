import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { ASSERTION_HEADER } from "../../../../../functions/auth/modes/proxy.ts";
import { authFunction } from "../../../../support/auth-function.ts";

const SECRET = "a secret of thirty-two bytes, no less";
const NOW_SECONDS = 1_800_000_000;
const SOCKET = "1234.5678";
const CHANNEL = "private-audit-42";

const env = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: SECRET };

type Claims = Readonly<Record<string, unknown>>;
const claims: Claims = {
  sub: "u-1",
  socket_id: SOCKET,
  channel: CHANNEL,
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 60,
};

const assert = (more: Claims = {}, secret = SECRET, alg = "HS256"): Promise<string> =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));

interface Asked {
  readonly assertion?: string;
  readonly path?: "/auth" | "/user-auth";
  readonly body?: Readonly<Record<string, string>>;
}

async function ask({ assertion, path = "/auth", body = { socket_id: SOCKET, channel_name: CHANNEL } }: Asked) {
  const { post, records } = authFunction(env, { now: () => NOW_SECONDS * 1000 });
  const answer = await post(path, body, { ...(assertion !== undefined && { [ASSERTION_HEADER]: assertion }) });
  return { ...answer, records };
}

describe("an assertion", () => {
  it("authorizes its channel on its connection", async () => {
    const { status, body } = await ask({ assertion: await assert() });
    expect({ status, keys: Object.keys(body) }).toEqual({ status: 200, keys: ["auth"] });
  });

  it("may name several channels, and each gets its own answer", async () => {
    const { body } = await ask({
      assertion: await assert({ channel: [CHANNEL, "private-audit-43"] }),
      body: { socket_id: SOCKET, "channel_name[0]": CHANNEL, "channel_name[1]": "private-audit-44" },
    });
    expect(body).toMatchObject({
      [CHANNEL]: { status: 200, data: { auth: expect.any(String) } },
      "private-audit-44": { status: 403, data: { code: "assertion_mismatch" } },
    });
  });

  it("shows its user to a presence channel", async () => {
    const { body } = await ask({
      assertion: await assert({ channel: "presence-audit-42", user_info: { name: "Zoë" } }),
      body: { socket_id: SOCKET, channel_name: "presence-audit-42" },
    });
    expect(JSON.parse(String(body.channel_data))).toEqual({ user_id: "u-1", user_info: { name: "Zoë" } });
  });

  it("signs its user in if it names no channel", async () => {
    const signIn = { path: "/user-auth" as const, body: { socket_id: SOCKET } };
    const { status, body } = await ask({ assertion: await assert({ channel: undefined }), ...signIn });
    expect({ status, user: JSON.parse(String(body.user_data)) }).toEqual({ status: 200, user: { id: "u-1" } });
  });

  it("does not sign its user in if it names a channel", async () => {
    const signIn = { path: "/user-auth" as const, body: { socket_id: SOCKET } };
    expect(await ask({ assertion: await assert(), ...signIn })).toMatchObject({
      status: 403,
      body: { code: "assertion_mismatch" },
    });
  });

  it("is required", async () => {
    expect(await ask({})).toMatchObject({ status: 401, body: { code: "missing_credentials" } });
  });

  it.each([
    ["under another secret", () => assert({}, `${SECRET}!`)],
    ["with HS512", () => assert({}, SECRET, "HS512")],
    ["without a signature", async () => (await assert()).replace(/\.[^.]*$/, ".")],
    ["of other text", async () => "rubbish"],
    ["without sub", () => assert({ sub: undefined })],
    ["with a number for sub", () => assert({ sub: 42 })],
    ["with an empty sub", () => assert({ sub: "" })],
    ["without iat", () => assert({ iat: undefined })],
    ["without exp", () => assert({ exp: undefined })],
    ["without socket_id", () => assert({ socket_id: undefined })],
    ["with a list of sockets", () => assert({ socket_id: [SOCKET] })],
    ["for 61 seconds", () => assert({ exp: NOW_SECONDS + 61 })],
    ["too long ago", () => assert({ iat: NOW_SECONDS - 60, exp: NOW_SECONDS })],
    ["in the future", () => assert({ iat: NOW_SECONDS + 31, exp: NOW_SECONDS + 60 })],
    ["for later", () => assert({ nbf: NOW_SECONDS + 31 })],
  ])("is 401 invalid_token if it is made %s", async (_, made) => {
    expect(await ask({ assertion: await made() })).toMatchObject({ status: 401, body: { code: "invalid_token" } });
  });

  it.each([
    { iat: NOW_SECONDS + 30, nbf: NOW_SECONDS + 30, exp: NOW_SECONDS + 90 },
    { iat: NOW_SECONDS - 59, nbf: NOW_SECONDS - 59, exp: NOW_SECONDS + 1 },
  ])("may come from a server whose clock is ahead, or was made a minute ago: %j", async (times) => {
    expect((await ask({ assertion: await assert(times) })).status).toBe(200);
  });

  it.each([
    ["expired", "is over", { iat: NOW_SECONDS - 60, exp: NOW_SECONDS }],
    ["expired", "lives too long", { exp: NOW_SECONDS + 61 }],
    ["not_yet_valid", "is made in the future", { iat: NOW_SECONDS + 31, exp: NOW_SECONDS + 91 }],
    ["not_yet_valid", "is for later", { nbf: NOW_SECONDS + 31 }],
  ])("is logged with the check %s if it %s", async (check, _what, times) => {
    expect((await ask({ assertion: await assert(times) })).records).toMatchObject([{ code: "invalid_token", check }]);
  });

  it.each([
    ["another connection", { socket_id: "1234.56789" }],
    ["another channel", { channel: "private-audit-421" }],
    ["a pattern of channels", { channel: "private-audit-*" }],
    ["no channel", { channel: undefined }],
    ["an empty list", { channel: [] }],
    ["a channel inside a list inside a list", { channel: [[CHANNEL]] }],
    ["an object", { channel: { 0: CHANNEL } }],
  ])("is 403 assertion_mismatch for %s", async (_, more) => {
    expect(await ask({ assertion: await assert(more) })).toMatchObject({
      status: 403,
      body: { code: "assertion_mismatch" },
    });
  });

  it("authorizes no channel that the gateway does not have", async () => {
    const foreign = "private-user-1";
    expect(
      await ask({ assertion: await assert({ channel: foreign }), body: { socket_id: SOCKET, channel_name: foreign } }),
    ).toMatchObject({ status: 403, body: { code: "channel_not_allowed" } });
  });

  it("appears in no answer and no log record", async () => {
    const assertion = await assert({}, "another secret, also of 32 bytes or more");
    const { body, records } = await ask({ assertion });
    const text = JSON.stringify([body, records]);
    for (const part of [...assertion.split("."), SECRET]) expect(text).not.toContain(part);
  });
});
