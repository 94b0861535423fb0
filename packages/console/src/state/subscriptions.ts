import { effect, signal } from "@preact/signals";
import { createRealtime, type RealtimeClient, type RealtimeProblem, type Stop } from "@realtime-gateway/client";
import type { ComposableEvent, StackEnvironment } from "../api/control-api.ts";
import type { BrowserArrival } from "../model/arrivals.ts";
import { type ChannelReference, channelReference } from "../model/channel-name.ts";
import { authOf, connectionOf, LocalPusher } from "./realtime-connection.ts";

/** A channel that this page subscribes to. */
export interface PageSubscription {
  readonly name: string;
  readonly state: "subscribing" | "subscribed" | "denied";
  readonly received: number;
  readonly members?: readonly string[];
  readonly problem?: RealtimeProblem;
}

/** The page as a browser of the gateway: packages/client with the real `pusher-js`, and the real auth function. */
export type Subscriptions = ReturnType<typeof createSubscriptions>;

type Received = (arrival: BrowserArrival) => void;

export function createSubscriptions(received: Received) {
  const all = signal<readonly PageSubscription[]>([]);
  const status = signal("idle");
  const token = signal("");
  const stops = new Map<string, Stop>();
  let place: { readonly stack: StackEnvironment; readonly catalog: readonly ComposableEvent[] } | undefined;
  let realtime: RealtimeClient | undefined;

  const change = (name: string, changes: Partial<PageSubscription>): void => {
    all.value = all.value.map((each) => (each.name === name ? { ...each, ...changes } : each));
  };

  function onProblem(problem: RealtimeProblem): void {
    const names = problem.channel === undefined ? all.value.map(({ name }) => name) : [problem.channel];
    const state = problem.retryable ? {} : { state: "denied" as const };
    for (const name of names) change(name, { problem, ...state });
  }

  function connected(): RealtimeClient | undefined {
    if (place === undefined) return undefined;
    if (realtime !== undefined) return realtime;
    realtime = createRealtime({
      ...connectionOf(place),
      onProblem,
      Pusher: LocalPusher,
      auth: authOf(place.stack, () => token.value),
    });
    realtime.onStatus((next) => {
      status.value = next;
    });
    return realtime;
  }

  function listen(name: string, reference: ChannelReference): void {
    const client = connected();
    if (client === undefined) return;
    stops.set(
      name,
      reference.presence ? listenToMembers(client, reference, name) : listenToEvents(client, reference, name),
    );
  }

  function listenToEvents(client: RealtimeClient, { kind, id }: ChannelReference, name: string): Stop {
    const channel = kind === "global" ? client.global() : client[kind](id);
    const stopEvents = channel.onAny((_, { event, channel: from, id: eventId, receivedAt }) => {
      const before = all.value.find((each) => each.name === name)?.received ?? 0;
      change(name, { received: before + 1 });
      received({ event, channel: from, id: eventId, receivedAt });
    });
    // The first read comes after the subscription.
    const stopReads = channel.refetch(() => change(name, { state: "subscribed" }), { jitterMs: 0, when: () => false });
    return () => {
      stopEvents();
      stopReads();
    };
  }

  function listenToMembers(client: RealtimeClient, { kind, id }: ChannelReference, name: string): Stop {
    const channel = kind === "global" ? client.presence("global") : client.presence(kind, id);
    return channel.onMembers((members) =>
      change(name, { state: "subscribed", members: members.map((each) => each.id) }),
    );
  }

  function subscribe(typedName: string): boolean {
    const name = typedName.trim();
    const reference = channelReference(name);
    if (reference === undefined) return false;
    stops.get(name)?.();
    const others = all.value.filter((each) => each.name !== name);
    all.value = [...others, { name, state: "subscribing", received: 0 }];
    listen(name, reference);
    return true;
  }

  function unsubscribe(name: string): void {
    stops.get(name)?.();
    stops.delete(name);
    all.value = all.value.filter((each) => each.name !== name);
  }

  return {
    all,
    status,
    token,
    subscribe,
    unsubscribe,
    /** The names of the channels of an audit, as this stack publishes them. */
    namesFor(id: string): readonly string[] {
      const patterns = new Set(place?.catalog.flatMap(({ channels }) => channels.map(({ pattern }) => pattern)));
      return [...patterns].filter((each) => !each.includes("job-")).map((each) => each.replace("{id}", id));
    },
    /** Resolves once each channel is subscribed or denied, or after the limit. */
    async settled(limitMs: number): Promise<void> {
      const settled = Promise.withResolvers<void>();
      const timer = setTimeout(settled.resolve, limitMs);
      const stop = effect(() => {
        if (all.value.every(({ state }) => state !== "subscribing")) settled.resolve();
      });
      await settled.promise;
      clearTimeout(timer);
      stop();
    },
    locate(stack: StackEnvironment, catalog: readonly ComposableEvent[]): void {
      place = { stack, catalog };
      for (const { name } of all.value) subscribe(name);
    },
    /** Connects anew, so that each channel is authorized with the token. */
    useToken(next: string): void {
      token.value = next.trim();
      realtime?.close();
      realtime = undefined;
      for (const { name } of all.value) subscribe(name);
    },
  };
}
