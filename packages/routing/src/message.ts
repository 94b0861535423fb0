/** One event for one channel. A call to Pusher carries one to ten entries. */
export interface Entry {
  readonly channel: string;
  readonly name: string;
  /** JSON text. */
  readonly data: string;
}

/** A routed and guarded event, ready to be published. */
export interface Message {
  readonly name: string;
  readonly channels: readonly string[];
  readonly json: string;
  /** The entity of a latest-wins event. A newer event of the same entity may replace it. */
  readonly entity?: string | undefined;
  /** The time of the event, in milliseconds since 1970, if its envelope has one. */
  readonly timeMs?: number | undefined;
  /** The message group on a FIFO queue. Messages of a group keep their order, whatever their channels. */
  readonly group?: string | undefined;
}

/** The keys within which a message keeps its order. A channel name has no slash, so a group never equals a channel. */
export const orderKeys = ({ channels, group }: Message): readonly string[] =>
  group === undefined ? channels : [...channels, `group/${group}`];
