import type { Stop } from "./stop.ts";

/** The parts of `pusher-js` that the client uses. It never imports the package: your page has its own version. */
export interface PusherInstance {
  readonly connection: PusherConnection;
  readonly user: PusherUser;
  subscribe(name: string): PusherChannel;
  unsubscribe(name: string): void;
  channel(name: string): PusherChannel | undefined;
  connect(): void;
  disconnect(): void;
  send_event(name: string, data: unknown): unknown;
  signin(): void;
}

interface Emitter {
  bind(event: string, handler: (data: never) => void): unknown;
  unbind(event: string, handler: (data: never) => void): unknown;
}

export interface PusherConnection extends Emitter {
  readonly state: string;
  readonly socket_id: string;
}

/** The data of `error`: a close code is at the deeper place, an error without a close at the other. */
export interface PusherError {
  readonly error?: PusherError | undefined;
  readonly data?: { readonly code?: number | null; readonly message?: string };
}

export interface PusherUser extends Emitter {
  user_data?: unknown;
  signin_requested?: boolean;
}

export interface PusherChannel {
  readonly subscribed: boolean;
  bind_global(handler: (event: string, data: never) => void): unknown;
  unbind_global(handler: (event: string, data: never) => void): unknown;
  readonly members?: PusherMembers;
}

export interface PusherMembers {
  readonly myID: unknown;
  each(visit: (member: { readonly id: string; readonly info: unknown }) => void): void;
}

export interface Authorization {
  readonly auth: string;
  readonly channel_data?: string;
  readonly shared_secret?: string;
}

export interface SignedUser {
  readonly auth: string;
  readonly user_data: string;
}

export type Answer<Data> = (error: Error | null, data: Data | null) => void;

/** Options of `pusher-js` 8. Its own deprecated ones (`auth`, `authEndpoint`, `authorizer`) are left out. */
export interface PusherOptions {
  cluster: string;
  activityTimeout?: number;
  pongTimeout?: number;
  unavailableTimeout?: number;
  disableStats?: boolean;
  enableStats?: boolean;
  statsHost?: string;
  timelineParams?: unknown;
  forceTLS?: boolean;
  enabledTransports?: PusherTransport[];
  disabledTransports?: PusherTransport[];
  ignoreNullOrigin?: boolean;
  wsHost?: string;
  wsPath?: string;
  wsPort?: number;
  wssPort?: number;
  httpHost?: string;
  httpPath?: string;
  httpPort?: number;
  httpsPort?: number;
  channelAuthorization?: {
    customHandler(params: { socketId: string; channelName: string }, answer: Answer<Authorization>): void;
  };
  userAuthentication?: {
    customHandler(params: { socketId: string }, answer: Answer<SignedUser>): void;
  };
}

export type PusherTransport = "ws" | "wss" | "xhr_streaming" | "xhr_polling" | "sockjs";

/** It takes `PusherOptions`. Before 8.5, the types of `pusher-js` demand an endpoint even beside a handler. */
export type PusherClass = new (key: string, options: never) => PusherInstance;

/** Binds each handler to the event of its name. */
export function bindAll(emitter: Emitter, handlers: Readonly<Record<string, (data: never) => void>>): Stop {
  const entries = Object.entries(handlers);
  for (const entry of entries) emitter.bind(...entry);
  return () => {
    for (const entry of entries) emitter.unbind(...entry);
  };
}
