import { describe, expect, it } from "vitest";
import { type AuthFunction, authFunction, bearer, outcomeOf } from "../../../support/auth-function.ts";
import { jwtEnvironment } from "../../../support/key-sources.ts";
import { goodAssertion, SOCKET } from "../../../support/matrix-assertions.ts";
import { goodClaims, NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { type Claims, hmac, JWT_SECRET, makeToken, PROXY_SECRET } from "../../../support/tokens.ts";

const CHANNEL = "presence-global";
const now = (): number => NOW_SECONDS * 1000;

interface Mode {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** The headers of a user with this info and these other claims. */
  headersOf(userInfo: unknown, claims?: Claims, channel?: string): Readonly<Record<string, string>>;
}

const MODES: readonly Mode[] = [
  {
    name: "jwt",
    env: { ...jwtEnvironment, REALTIME_JWT_SECRET: JWT_SECRET },
    headersOf: (user_info, claims) =>
      bearer(makeToken(hmac(JWT_SECRET), { ...goodClaims, realtime: { user_info }, ...claims })),
  },
  {
    name: "proxy",
    env: { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET },
    headersOf: (user_info, claims, channel) => ({
      "x-realtime-assertion": makeToken(hmac(PROXY_SECRET), { ...goodAssertion, channel, user_info, ...claims }),
    }),
  },
];

const textOf = (bytes: number): { readonly t: string } => ({ t: "x".repeat(bytes - '{"t":""}'.length) });

describe.each(MODES)("the user that other members see, in $name mode", ({ env, headersOf }) => {
  const functionOf = (more: Readonly<Record<string, string>> = {}): AuthFunction =>
    authFunction({ ...env, ...more }, { now });

  /** Joins and signs in. Returns the user in both answers, or both outcomes. */
  async function shown(info: unknown, claims: Claims = {}, more: Readonly<Record<string, string>> = {}) {
    const asked = functionOf(more);
    const joined = await asked.subscribe(SOCKET, CHANNEL, headersOf(info, claims, CHANNEL));
    const signedIn = await asked.post("/user-auth", { socket_id: SOCKET }, headersOf(info, claims));
    if (outcomeOf(joined) !== "signed" || outcomeOf(signedIn) !== "signed")
      return [outcomeOf(joined), outcomeOf(signedIn)];
    return [JSON.parse(String(joined.body.channel_data)), JSON.parse(String(signedIn.body.user_data))];
  }
  /** A member always has info: pages would get null. */
  const asBoth = (id: string, info?: unknown) => [
    { user_id: id, user_info: info ?? {} },
    { id, ...(info !== undefined && { user_info: info }) },
  ];
  const denied = (code: string) => Array(2).fill(`403 ${code}`);

  it.each(["user-1", "é", "x".repeat(128), "a b\n", "__proto__", "\u{1f3a7}"])("is the subject %j", async (sub) => {
    expect(await shown(undefined, { sub })).toEqual(asBoth(sub));
  });

  it("has an id of 128 characters at most", async () => {
    expect(await shown(undefined, { sub: "x".repeat(129) })).toEqual(denied("user_id_too_long"));
  });

  it.each([
    ["nothing in it", {}],
    ["text", { name: "Zoé" }],
    ["more than text", { a: [1, { b: null }], c: true }],
    ["a prototype's names", JSON.parse('{"__proto__":{"x":1},"constructor":1,"toString":2}')],
    ["exactly 1,024 bytes", textOf(1024)],
  ])("has info with %s", async (_, info) => {
    expect(await shown(info)).toEqual(asBoth("user-1", info));
  });

  it.each([
    ["1,025 bytes", textOf(1025)],
    ["1,024 characters with more bytes", { t: `${textOf(1024).t.slice(1)}é` }],
    ["as many levels as a header carries", JSON.parse(`{"deep":${"[".repeat(3000)}${"]".repeat(3000)}}`)],
  ])("is denied with info of %s", async (_, info) => {
    expect(await shown(info)).toEqual(denied("user_info_too_large"));
  });

  it.each([null, "text", 1, true, [], ["x"]])("has no info if the claim is not an object: %j", async (info) => {
    expect(await shown(info)).toEqual(asBoth("user-1"));
  });

  it("shows other claims only if the setting names them", async () => {
    const claims = { name: "Zoé", email: "zoe@example.com", picture: "p.png", sid: "s" };
    expect(await shown(undefined, claims)).toEqual(asBoth("user-1"));
    const more = { REALTIME_USER_INFO_CLAIMS: "name, picture,missing,toString,__proto__" };
    expect(await shown(undefined, claims, more)).toEqual(asBoth("user-1", { name: "Zoé", picture: "p.png" }));
    expect(await shown({ team: "a", name: "Z" }, claims, more)).toEqual(
      asBoth("user-1", { name: "Z", picture: "p.png", team: "a" }),
    );
    expect(await shown(undefined, { name: "x".repeat(1025) }, more)).toEqual(denied("user_info_too_large"));
  });

  it("ignores the user that the request's body names", async () => {
    const claimed = {
      user_id: "admin",
      user_info: '{"role":"admin"}',
      user_data: '{"id":"admin"}',
      channel_data: '{"user_id":"admin"}',
      id: "admin",
      sub: "admin",
    };
    const asked = functionOf();
    const fields = { socket_id: SOCKET, channel_name: CHANNEL, ...claimed };
    const joined = await asked.post("/auth", fields, headersOf(undefined, {}, CHANNEL));
    expect(joined.body.channel_data).toBe('{"user_id":"user-1","user_info":{}}');
    const signedIn = await asked.post("/user-auth", fields, headersOf(undefined));
    expect(signedIn.body.user_data).toBe('{"id":"user-1"}');
    const alone = await asked.post(
      "/auth",
      { ...fields, channel_name: "private-global" },
      headersOf(undefined, {}, "private-global"),
    );
    expect(Object.keys(alone.body)).toEqual(["auth"]);
  });
});
