import type { EventLog, SeenEvent } from "./events/event-log.ts";
import { type EventMatch, MATCH_FIELDS } from "./events/event-match.ts";
import { WAIT_OPTION_FIELDS, type WaitForOptions, waitForEvent } from "./events/wait-for.ts";
import type { FaultPlan } from "./faults/fault-schedule.ts";
import { mistakesIn } from "./faults/field.ts";
import type { RequestLog } from "./http/request-log.ts";
import type { Hub } from "./hub.ts";
import { RECONNECT } from "./socket/close-reason.ts";
import type { Connection } from "./socket/connection.ts";

/** A channel with at least one subscriber. */
export interface ChannelView {
  readonly app: string;
  readonly channel: string;
  readonly subscriptions: number;
  /** The user ids of a presence channel. */
  readonly members?: readonly string[];
}

export interface ConnectionView {
  readonly app: string;
  readonly socketId: string;
  /** The signed-in user. */
  readonly userId?: string;
  readonly channels: readonly string[];
}

/** The connections that `disconnect` closes. A member that is left out matches all. */
export interface ConnectionMatch {
  readonly app?: string;
  readonly socketId?: string;
}

/** How a test, or the control API, looks at a server and changes it. */
export interface Controls {
  readonly events: Pick<EventLog, "entries" | "last">;
  readonly faults: FaultPlan;
  waitFor(match: EventMatch, options?: WaitForOptions): Promise<SeenEvent>;
  channels(): readonly ChannelView[];
  connections(): readonly ConnectionView[];
  /** Returns the number of closed connections. */
  disconnect(match: ConnectionMatch, code?: number, reason?: string): number;
  reset(): Promise<void>;
}

export interface ControlsParts {
  readonly hubs: readonly Hub[];
  readonly events: EventLog;
  readonly requests: RequestLog;
  readonly faults: FaultPlan;
  /** Ends each `waitFor` of a server that closes. */
  readonly closing: AbortSignal;
  acceptConnections(): void;
}

export function createControls(parts: ControlsParts): Controls {
  const { hubs, events, requests, faults, closing } = parts;
  return {
    events,
    faults,
    async waitFor(match, options = {}) {
      const mistakes = [
        ...mistakesIn("match", match, MATCH_FIELDS),
        ...mistakesIn("options", options, WAIT_OPTION_FIELDS),
      ];
      if (mistakes.length > 0) throw new TypeError(`Invalid waitFor: ${mistakes.join("; ")}`);
      const { signal } = options;
      const ending = signal === undefined ? closing : AbortSignal.any([signal, closing]);
      return waitForEvent({ events, requests }, match, { ...options, signal: ending });
    },
    channels: () => hubs.flatMap(channelsOf),
    connections: () => hubs.flatMap((hub) => [...hub.connections].map((connection) => viewOf(hub, connection))),
    disconnect({ app, socketId }, code = RECONNECT.code, reason = RECONNECT.message) {
      const matching = hubs
        .filter(({ settings }) => app === undefined || app === settings.appId)
        .flatMap(({ connections }) => [...connections])
        .filter((connection) => socketId === undefined || socketId === connection.socketId);
      for (const connection of matching) connection.close(code, reason);
      return matching.length;
    },
    async reset() {
      faults.clear();
      events.clear();
      requests.clear();
      parts.acceptConnections();
      for (const { cache, webhooks } of hubs) {
        cache.clear();
        webhooks.clear();
      }
    },
  };
}

function channelsOf({ settings, channels }: Hub): readonly ChannelView[] {
  return channels.names().map((channel) => ({
    app: settings.appId,
    channel,
    subscriptions: channels.subscriptionCount(channel),
    ...(channel.startsWith("presence-") && { members: channels.members(channel).map(({ userId }) => userId) }),
  }));
}

const viewOf = ({ settings }: Hub, { socketId, user, subscriptions }: Connection): ConnectionView => ({
  app: settings.appId,
  socketId,
  ...(user !== undefined && { userId: user.id }),
  channels: [...subscriptions.keys()],
});
