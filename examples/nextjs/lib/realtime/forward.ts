import type { Caller } from "./assertion.ts";
import { type AskedChannels, only, readChannels, readForm } from "./form.ts";
import { askGateway, type Gateway } from "./gateway.ts";
import { problem } from "./problem.ts";

/** Whether a user may subscribe to a channel: the app's own rule. What it does not say yes to is denied. */
export type MayJoin<User extends Caller> = (user: User, channel: string) => boolean | Promise<boolean>;

/** Names and `x-realtime-assertion` grow together, and API Gateway takes 10,240 bytes of headers. */
const MAX_ASSERTED_CHARACTERS = 4_096;

/** Answers `pusher-js`' question for a channel, or the `pusher-js-auth` plugin's for several: `channelAuthorization`. */
export async function forwardSubscription<User extends Caller>(
  request: Request,
  user: User | undefined,
  mayJoin: MayJoin<User>,
  gateway: Gateway,
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
  gateway: Gateway,
): Promise<Response> {
  if (!allowed.has(channel)) return problem(403, "channel_not_allowed", "The channel is not for this user");
  const form = new URLSearchParams({ socket_id: socketId, channel_name: channel });
  return await askGateway(gateway, "/auth", form, { user, socketId, channel });
}

/** Asked for without being vouched for, a channel is refused by the gateway, and the others are not. */
async function askForEach(
  { socketId, channels }: AskedChannels,
  allowed: ReadonlySet<string>,
  user: Caller,
  gateway: Gateway,
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

/** Answers `pusher.signin()`: `userAuthentication`. */
export async function forwardSignIn(request: Request, user: Caller | undefined, gateway: Gateway): Promise<Response> {
  if (user === undefined) return NO_SESSION();
  const form = await readForm(request);
  const socketId = form && only(form, "socket_id");
  if (!socketId) return INVALID();
  return await askGateway(gateway, "/user-auth", new URLSearchParams({ socket_id: socketId }), { user, socketId });
}

const NO_SESSION = () => problem(401, "no_session", "Sign in first");
const INVALID = () => problem(400, "invalid_body", "Send the form that pusher-js sends");

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
