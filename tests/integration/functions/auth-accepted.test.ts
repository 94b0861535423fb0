import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wellFormedId } from "../../support/arbitrary-ids.ts";
import { encodeId } from "../../support/arbitrary-subscriptions.ts";
import { type AuthFunction, authFunction, bearer } from "../../support/auth-function.ts";
import { jwtEnvironment } from "../../support/key-sources.ts";
import { assertionOf } from "../../support/matrix-assertions.ts";
import { CHANNEL_NAMES, formEnvironment, outcomes, PUBLISHED_FORMS, SUBJECTS } from "../../support/matrix-channels.ts";
import { goodClaims, NOW_SECONDS } from "../../support/matrix-tokens.ts";
import { APP, startServer } from "../../support/pusher-server.ts";
import { parseData, type RawClient, rawClientOf } from "../../support/raw-pusher-client.ts";
import { hmac, JWT_SECRET, makeToken, PROXY_SECRET } from "../../support/tokens.ts";

const app = { PUSHER_APP_ID: APP.appId, PUSHER_KEY: APP.key, PUSHER_SECRET: APP.secret };
const now = (): number => NOW_SECONDS * 1000;
const user_info = { name: "Zoé" };

type Headers = Readonly<Record<string, string>>;
interface Mode {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  headersOf(socketId: string, channels: readonly string[] | undefined): Headers;
  memberOf(socketId: string): unknown;
}

const greedy = makeToken(hmac(JWT_SECRET), { ...goodClaims, realtime: { channels: ["*"], user_info } });
const known = { user_id: "user-1", user_info };

const MODES: readonly Mode[] = [
  { name: "open", env: {}, headersOf: () => ({}), memberOf: (socketId) => ({ user_id: `anonymous-${socketId}` }) },
  {
    name: "jwt",
    env: { ...jwtEnvironment, REALTIME_JWT_SECRET: JWT_SECRET },
    headersOf: () => bearer(greedy),
    memberOf: () => known,
  },
  {
    name: "proxy",
    env: { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET },
    headersOf: (socket_id, channel) => ({ "x-realtime-assertion": assertionOf({ socket_id, channel, user_info }) }),
    memberOf: () => known,
  },
];

/** Subscribes with the gateway's answer. Returns the Pusher server's answer. */
async function join(client: RawClient, channel: string, signed: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { auth, channel_data } = signed;
  client.send({
    event: "pusher:subscribe",
    data: { channel, auth, ...(channel_data !== undefined && { channel_data }) },
  });
  const joined = await client.next("pusher_internal:subscription_succeeded");
  expect(joined.channel).toBe(channel);
  return parseData(joined);
}

describe.each(MODES)("in $name mode, the Pusher server accepts", ({ env, headersOf, memberOf }) => {
  const functionOf = (form: (typeof PUBLISHED_FORMS)[number]): AuthFunction =>
    authFunction({ ...app, ...env, ...formEnvironment(form) }, { now });

  it.each(PUBLISHED_FORMS)("every signed channel, if events are published to %s channels", async (form) => {
    const client = await rawClientOf(await startServer());
    const signed = Object.entries(outcomes(SUBJECTS, form)).filter(([, outcome]) => outcome === "signed");
    expect(signed.length).toBeGreaterThan(SUBJECTS.length - 2);
    for (const [name] of signed) {
      const answer = await functionOf(form).subscribe(client.socketId, name, headersOf(client.socketId, CHANNEL_NAMES));
      const state = await join(client, name, answer.body);
      const { user_id, user_info: info = {} } = Object(memberOf(client.socketId));
      if (name.startsWith("presence-"))
        expect(state).toEqual({ presence: { count: 1, ids: [user_id], hash: { [user_id]: info } } });
    }
    expect(await client.settled()).toEqual([]);
  });

  it("a hundred channels of any id, as after a reconnect", async () => {
    const client = await rawClientOf(await startServer());
    const kinds = ["private-audit-", "private-fiche-", "private-job-", "presence-audit-"];
    const names = fc
      .sample(wellFormedId, 100)
      .map((id, index) => `${kinds[index % kinds.length]}${encodeId(id)}`)
      .filter((name) => name.length <= 164);
    const channels = [...new Set(names)];
    const answers = await functionOf("private").subscribeEach(
      client.socketId,
      channels,
      headersOf(client.socketId, channels),
    );
    for (const [index, channel] of channels.entries()) await join(client, channel, answers[index]?.body ?? {});
    expect(await client.settled()).toEqual([]);
  });
});

it.each(MODES.filter(({ name }) => name !== "open"))(
  "in $name mode, the Pusher server accepts a sign-in",
  async ({ env, headersOf }) => {
    const client = await rawClientOf(await startServer());
    const { body } = await authFunction({ ...app, ...env }, { now }).post(
      "/user-auth",
      { socket_id: client.socketId },
      headersOf(client.socketId, undefined),
    );
    client.send({ event: "pusher:signin", data: body });
    const { user_data } = Object(parseData(await client.next("pusher:signin_success")));
    expect(JSON.parse(user_data)).toEqual({ id: "user-1", user_info });
  },
);
