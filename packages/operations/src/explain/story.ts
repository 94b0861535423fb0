import { parseChannel } from "@realtime-gateway/routing";

/** One call to Pusher that carried the event. */
export interface RelayAttempt {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly ms: number;
  /** The status of Pusher's answer. Missing without an answer. */
  readonly status?: number;
  /** The code of the failure. */
  readonly code?: string;
}

/** The work of the relay on a message, after one receive from SQS. */
export interface RelayReceive {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly queuedMs?: number;
  readonly endedAtMs?: number;
  /** As `relay_batch` counts it. Missing while the relay works on the message. */
  readonly outcome?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly attempts: readonly RelayAttempt[];
}

/** A channel of an event, and the reason for it. */
export interface ExplainedRoute {
  readonly channel: string;
  /** The payload's field with the id. Missing for a channel without an id. */
  readonly field?: string;
  readonly why: string;
}

/** The contents of the relay's log about one message. */
export interface MessageStory {
  readonly messageId: string;
  /** Missing if the message is no event. */
  readonly event?: string;
  /** The envelope's id. */
  readonly eventId?: string;
  /** The time at which SQS accepted the message. */
  readonly acceptedAtMs?: number;
  readonly routes: readonly ExplainedRoute[];
  /** The size of the payload as browsers get it, and its size before truncation. */
  readonly bytes?: number;
  readonly fromBytes?: number;
  readonly mismatches: readonly string[];
  readonly receives: readonly RelayReceive[];
  readonly dryRun?: true;
  /** The message id of the newer event that was published in place of this one. */
  readonly replacedBy?: string;
  /** The message id of the earlier message of the batch with the same event. */
  readonly duplicateOf?: string;
  /** The reason of the newest failure or of the dead letter. */
  readonly code?: string;
  readonly detail?: string;
}

export const newStory = (messageId: string): MessageStory => ({ messageId, routes: [], mismatches: [], receives: [] });

/** The channels of an event in the order of its routes. `fields` are those of the channels with an id. */
export function routesOf(
  channels: readonly string[],
  fields: readonly string[],
  textOfField: (field: string) => string | undefined = () => undefined,
): readonly ExplainedRoute[] {
  const remaining = [...fields];
  return channels.map((channel) => {
    const hasId = "id" in (parseChannel(channel)?.channel ?? {});
    const field = hasId ? remaining.shift() : undefined;
    if (field === undefined) return { channel, why: "every user gets the events of this family" };
    const value = textOfField(field);
    return { channel, field, why: value === undefined ? `the payload has ${field}` : `${field} is ${value}` };
  });
}
