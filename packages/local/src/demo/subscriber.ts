import {
  createRealtime,
  type PusherOptions,
  type RealtimeChannel,
  type RealtimeClient,
} from "@realtime-gateway/client";
import type { ChannelForm } from "@realtime-gateway/routing";
import { PusherJs } from "../stack/pusher-js.ts";
import type { PusherTarget } from "../stack/pusher-target.ts";
import type { DemoAuthorization } from "./authorization.ts";

export interface SubscriberReceipt {
  readonly name: string;
  readonly channel: string;
  readonly data: unknown;
}

/** A channel that carries events. */
export type PageChannel =
  | { readonly kind: "audit" | "fiche" | "job"; readonly id: string }
  | { readonly kind: "global" };

export interface SubscriberOptions {
  readonly target: PusherTarget;
  /** The base of the routes of the auth function. */
  readonly apiUrl: string;
  readonly form: Exclude<ChannelForm, "presence">;
  /** Default: no credentials. */
  readonly authorization?: DemoAuthorization;
  readonly subjects: readonly PageChannel[];
  onEvent(receipt: SubscriberReceipt): void;
}

export interface Subscriber {
  /** The names of its Pusher channels. */
  readonly channels: readonly string[];
  close(): void;
}

const SUBSCRIBE_TIMEOUT_MS = 10_000;

/** Plays a page with the gateway's client and `pusher-js`. Resolves when each of its channels is subscribed. */
export async function startSubscriber({ subjects, onEvent, ...options }: SubscriberOptions): Promise<Subscriber> {
  const live = Promise.withResolvers<void>();
  const realtime = connect(options, (reason) => live.reject(new Error(reason)));
  const timer = setTimeout(() => live.reject(new Error("no answer to a subscription")), SUBSCRIBE_TIMEOUT_MS);
  try {
    const channels = subjects.map((subject) => listen(realtime, subject, onEvent));
    realtime.onStatus((status) => status === "live" && live.resolve());
    await live.promise;
    return { channels, close: realtime.close };
  } catch (error) {
    realtime.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

type ConnectionOptions = Omit<SubscriberOptions, "subjects" | "onEvent">;

function connect(
  { target, apiUrl, form, authorization = {} }: ConnectionOptions,
  onProblem: (reason: string) => void,
): RealtimeClient {
  const { cluster, ...address } = target.client;
  const { getToken, channelAuthorization } = authorization;
  // Without WebSockets, `pusher-js` would fall back to HTTP transports that the local server does not have.
  const options: Partial<PusherOptions> = {
    ...address,
    enabledTransports: ["ws", "wss"],
    ...(channelAuthorization && { channelAuthorization }),
  };
  return createRealtime({
    Pusher: PusherJs,
    key: target.key,
    cluster,
    options,
    auth: { url: apiUrl, ...(getToken && { getToken }) },
    channels: form,
    onProblem: ({ code, channel = "the connection", detail }) => onProblem(`${channel}: ${code}: ${detail}`),
  });
}

/** Returns the name of the Pusher channel. */
function listen(realtime: RealtimeClient, subject: PageChannel, onEvent: SubscriberOptions["onEvent"]): string {
  const channel: Pick<RealtimeChannel<Readonly<Record<string, unknown>>>, "name" | "onAny"> = subject.kind === "global"
    ? realtime.global()
    : realtime[subject.kind](subject.id);
  channel.onAny((data, meta) => onEvent({ name: meta.event, channel: meta.channel, data }));
  return channel.name ?? "";
}
