import type { Caller } from "./assertion.ts";
import { type AskedChannels, only, readChannels, readForm } from "./form.ts";
import { askGateway, type GatewayAccess } from "./gateway.ts";
import { problem } from "./problem.ts";

/** The app's own rule: may this user subscribe to this channel? Only `true` allows. */
export type MayJoin<User extends Caller> = (user: User, channel: string) => boolean | Promise<boolean>;

/** The names are part of `x-realtime-assertion`, and API Gateway accepts 10,240 bytes of headers. */
const MAX_ASSERTED_CHARACTERS = 4_096;

/** Answers `channelAuthorization` of `pusher-js` for one channel, or of the `pusher-js-auth` plugin for several. */
export async function forwardSubscription<User extends Caller>(
  request: Request,
  user: User | undefined,
  mayJoin: MayJoin<User>,
  gateway: GatewayAccess,
): Promise<Response> {
  if (user === undefined) return NO_SESSION();
  const form = await readForm(request);
  const asked = form && readChannels(form);
  if (asked === undefined) return INVALID();
  const verdicts = await Promise.all(asked.channels.map((channel) => mayJoin(user, channel)));
  const allowed = new Set(asked.channels.filter((_, index) => verdicts[index] === true));
  return asked.batched ? askForEach(asked, allowed, user, gateway) : askForOne(asked, allowed, user, gateway);
}

async function askForOne(
  { socketId, channels: [channel = ""] }: AskedChannels,
  allowed: ReadonlySet<string>,
  user: Caller,
  gateway: GatewayAccess,
): Promise<Response> {
  if (!allowed.has(channel)) return problem(403, "channel_not_allowed", "The channel is not for this user");
  const form = new URLSearchParams({ socket_id: socketId, channel_name: channel });
  return await askGateway(gateway, "/auth", form, { user, socketId, channel });
}

/** The assertion names the allowed channels only, so the gateway denies the others one by one. */
async function askForEach(
  { socketId, channels }: AskedChannels,
  allowed: ReadonlySet<string>,
  user: Caller,
  gateway: GatewayAccess,
): Promise<Response> {
  const answers = await Promise.all(
    inParts(channels).map((part) => {
      const names = part.map((channel, index): [string, string] => [`channel_name[${index}]`, channel]);
      const form = new URLSearchParams([["socket_id", socketId], ...names]);
      return askGateway(gateway, "/auth", form, { user, socketId, channel: part.filter((name) => allowed.has(name)) });
    }),
  );
  const failed = answers.find(({ status }) => status !== 200);
  if (failed !== undefined) return failed;
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  const merged = Object.fromEntries(texts.flatMap((text) => Object.entries(JSON.parse(text))));
  return Response.json(merged, { headers: { "cache-control": "no-store" } });
}

/** Answers `userAuthentication`, which `pusher.signin()` calls. */
export async function forwardSignIn(
  request: Request,
  user: Caller | undefined,
  gateway: GatewayAccess,
): Promise<Response> {
  if (user === undefined) return NO_SESSION();
  const form = await readForm(request);
  const socketId = form && only(form, "socket_id");
  if (!socketId) return INVALID();
  return await askGateway(gateway, "/user-auth", new URLSearchParams({ socket_id: socketId }), { user, socketId });
}

const NO_SESSION = () => problem(401, "no_session", "Sign in first");
const INVALID = () => problem(400, "invalid_body", "Send the form that pusher-js sends, or its fields as JSON");

function inParts(channels: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const channel of channels) {
    characters += channel.length;
    if (characters > MAX_ASSERTED_CHARACTERS) {
      parts.push([]);
      characters = channel.length;
    }
    parts.at(-1)?.push(channel);
  }
  return parts;
}
