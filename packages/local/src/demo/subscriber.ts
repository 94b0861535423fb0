import type { Options } from "pusher-js";
import { PusherJs } from "../stack/pusher-js.ts";
import type { PusherTarget } from "../stack/pusher-target.ts";
import type { DemoAuthorization } from "./authorization.ts";

export interface SubscriberReceipt {
  readonly name: string;
  readonly channel: string;
  readonly data: unknown;
}

export interface SubscriberOptions {
  readonly target: PusherTarget;
  readonly authEndpoint: string;
  /** Default: no credentials. */
  readonly authorization?: DemoAuthorization;
  readonly channels: readonly string[];
  onEvent(receipt: SubscriberReceipt): void;
}

export interface Subscriber {
  close(): void;
}

type ChannelAuthorizationOptions = NonNullable<Options["channelAuthorization"]>;

const SUBSCRIBE_TIMEOUT_MS = 10_000;

/** A browser's part, played by `pusher-js`: connects, has every channel authorized over HTTP, and listens. */
export async function startSubscriber(options: SubscriberOptions): Promise<Subscriber> {
  const { target, channels, onEvent } = options;
  const client = new PusherJs(target.key, {
    ...target.client,
    enabledTransports: ["ws", "wss"],
    channelAuthorization: channelAuthorization(options),
  });
  try {
    await Promise.all(channels.map((name) => subscribed(client, name, onEvent)));
  } catch (error) {
    client.disconnect();
    throw error;
  }
  return { close: () => client.disconnect() };
}

function channelAuthorization({ authEndpoint, authorization = {} }: SubscriberOptions): ChannelAuthorizationOptions {
  const { headers, authorize } = authorization;
  if (authorize === undefined)
    return { transport: "ajax", endpoint: authEndpoint, ...(headers && { headers: { ...headers } }) };
  return {
    customHandler({ socketId, channelName }, callback) {
      authorize(socketId, channelName).then(
        (answer) => callback(null, answer),
        (error: Error) => callback(error, null),
      );
    },
  };
}

function subscribed(client: PusherJs, name: string, onEvent: SubscriberOptions["onEvent"]): Promise<void> {
  const channel = client.subscribe(name);
  channel.bind_global((event: string, data: unknown) => {
    if (!event.startsWith("pusher")) onEvent({ name: event, channel: name, data });
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer to the subscription of ${name}`)), SUBSCRIBE_TIMEOUT_MS);
    channel.bind("pusher:subscription_succeeded", () => {
      clearTimeout(timer);
      resolve();
    });
    channel.bind("pusher:subscription_error", ({ status }: { readonly status?: number }) => {
      clearTimeout(timer);
      reject(new Error(`the subscription of ${name} was refused${status ? ` with status ${status}` : ""}`));
    });
  });
}
