import type { PusherChannel, PusherInstance, PusherUser } from "../pusher.ts";

type GlobalHandler = (event: string, data: never) => void;
type Handler = (data: never) => void;

/** The data of a presence channel's `pusher:member_added` and `pusher:member_removed`. */
interface FakeMember {
  readonly id?: unknown;
  readonly info?: unknown;
}

class FakeChannel implements PusherChannel {
  readonly handlers = new Set<GlobalHandler>();
  readonly people = new Map<string, unknown>();
  subscribed = false;
  /** `pusher-js` has members in presence channels only. The others are empty here. */
  readonly members = {
    myID: "me",
    each: (visit: (member: { readonly id: string; readonly info: unknown }) => void): void => {
      for (const [id, info] of this.people) visit({ id, info });
    },
  };

  bind_global(handler: GlobalHandler): void {
    this.handlers.add(handler);
  }

  unbind_global(handler: GlobalHandler): void {
    this.handlers.delete(handler);
  }

  emit(event: string, data: unknown): void {
    const { id, info }: FakeMember = Object(data);
    if (event === "pusher:member_added") this.people.set(String(id), info);
    if (event === "pusher:member_removed") this.people.delete(String(id));
    // The handlers' types describe what the test emits.
    for (const handler of [...this.handlers]) handler(event, data as never);
  }
}

/** The data of the error that `pusher-js` emits for a denied subscription. */
export const DENIAL = { type: "AuthError", error: "denied by the test", status: 403 } as const;

/** A `pusher-js` without a network. Each subscription succeeds at once, unless the test denied its channel. */
export class FakePusher implements PusherInstance {
  readonly channels = new Map<string, FakeChannel>();
  readonly denied = new Set<string>();
  readonly handlers = new Map<string, Set<Handler>>();
  readonly user: PusherUser = { bind: () => undefined, unbind: () => undefined };
  readonly connection = {
    state: "connecting",
    socket_id: "0.0",
    bind: (event: string, handler: Handler): void => {
      const known = this.handlers.get(event) ?? new Set();
      this.handlers.set(event, known.add(handler));
    },
    unbind: (event: string, handler: Handler): void => {
      this.handlers.get(event)?.delete(handler);
    },
  };
  #connections = 0;

  constructor() {
    queueMicrotask(() => {
      if (this.connection.state === "connecting") this.connect();
    });
  }

  subscribe(name: string): FakeChannel {
    const channel = this.channels.get(name) ?? new FakeChannel();
    this.channels.set(name, channel);
    if (this.connection.state === "connected") queueMicrotask(() => this.#answer(name));
    return channel;
  }

  /** Ends a pending subscription at once. While the connection is lost, it remains pending. */
  settle(name: string): void {
    if (this.connection.state === "connecting") this.connect();
    this.#answer(name);
  }

  #answer(name: string): void {
    const channel = this.channels.get(name);
    if (channel === undefined || channel.subscribed || this.connection.state !== "connected") return;
    if (this.denied.has(name)) {
      channel.emit("pusher:subscription_error", DENIAL);
      return;
    }
    channel.subscribed = true;
    if (name.startsWith("presence-")) channel.people.set(channel.members.myID, undefined);
    channel.emit("pusher:subscription_succeeded", {});
  }

  unsubscribe(name: string): void {
    this.channels.delete(name);
  }

  channel(name: string): FakeChannel | undefined {
    return this.channels.get(name);
  }

  connect(): void {
    if (this.connection.state === "connected") return;
    this.connection.socket_id = `0.${++this.#connections}`;
    this.#become("connected");
    for (const name of this.channels.keys()) queueMicrotask(() => this.#answer(name));
  }

  disconnect(): void {
    for (const channel of this.channels.values()) channel.subscribed = false;
    this.#become("disconnected");
  }

  send_event(name: string): boolean {
    if (name === "pusher:ping") queueMicrotask(() => this.#emit("message", { event: "pusher:pong" }));
    return true;
  }

  signin(): void {
    this.user.signin_requested = true;
    this.user.user_data = { id: "me" };
    queueMicrotask(() => this.#emit("message", { event: "pusher:signin_success" }));
  }

  #become(state: string): void {
    this.connection.state = state;
    this.#emit(state, {});
  }

  #emit(event: string, data: unknown): void {
    for (const handler of this.handlers.get(event) ?? []) handler(data as never);
  }
}
