import type { Options } from "pusher-js";

type ChannelAuthorization = NonNullable<Options["channelAuthorization"]>;
type CustomHandler = Extract<ChannelAuthorization, { readonly customHandler: unknown }>["customHandler"];
type Callback = Parameters<CustomHandler>[1];

export interface Batching {
  /** The app's own routes, `/api/pusher`. In `jwt` mode, the gateway's routes. */
  readonly authUrl: string;
  /** Called before every request, so that each sends the current token. Absent: the session is a cookie. */
  readonly accessToken?: () => string | Promise<string>;
}

/** After a reconnect `pusher-js` authorizes all channels at once. It does so within this time. */
const WAIT_MS = 15;
/** The gateway's limit. */
const MAX_CHANNELS = 100;

/** `new Pusher(key, { ...pusherOptions({ … }), channelAuthorization: { customHandler: batchHandler({ … }) } })` */
export function batchHandler(batching: Batching): CustomHandler {
  const waiting = new Map<string, Map<string, Callback[]>>();
  return ({ socketId, channelName }, callback) => {
    const channels = waiting.get(socketId) ?? new Map<string, Callback[]>();
    if (channels.size === 0) {
      waiting.set(socketId, channels);
      setTimeout(() => {
        waiting.delete(socketId);
        for (const part of inParts([...channels], MAX_CHANNELS)) void authorize(socketId, new Map(part), batching);
      }, WAIT_MS);
    }
    channels.set(channelName, [...(channels.get(channelName) ?? []), callback]);
  };
}

async function authorize(
  socketId: string,
  channels: ReadonlyMap<string, readonly Callback[]>,
  { authUrl, accessToken }: Batching,
): Promise<void> {
  const form = new URLSearchParams({ socket_id: socketId });
  for (const [at, name] of [...channels.keys()].entries()) form.set(`channel_name[${at}]`, name);
  const answers = await ask(`${authUrl}/auth`, form, accessToken);
  for (const [name, callbacks] of channels)
    for (const callback of callbacks) {
      const { status, data } = answers(name);
      // The text is the `error` of `pusher:subscription_error`, which has no `status` for handlers of one's own.
      if (status === 200) callback(null, data);
      else callback(new Error(`${status} ${data.code ?? "denied"}`), null);
    }
}

interface ChannelAnswer {
  readonly status: number;
  /** The authorization, or a problem with a `code`. */
  readonly data: NonNullable<Parameters<Callback>[1]> & { readonly code?: string };
}

type Answers = (channel: string) => ChannelAnswer;

const failed = (status: number): ChannelAnswer => ({ status, data: { auth: "" } });

/** The answer for each channel. If the whole request fails, every channel has its status. */
async function ask(url: string, form: URLSearchParams, accessToken: Batching["accessToken"]): Promise<Answers> {
  try {
    const headers: Record<string, string> = accessToken ? { authorization: `Bearer ${await accessToken()}` } : {};
    const response = await fetch(url, { method: "POST", body: form, headers });
    if (!response.ok) return () => failed(response.status);
    // The gateway's answer: a map of channels.
    const answers = (await response.json()) as Readonly<Record<string, ChannelAnswer>>;
    return (channel) => answers[channel] ?? failed(503);
  } catch {
    return () => failed(503);
  }
}

function inParts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
