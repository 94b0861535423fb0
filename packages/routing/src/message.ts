/** One event for one channel: what a call to Pusher is made of. */
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
  /** A newer event of the same name and channels may take its place. */
  readonly latestWins: boolean;
  /** When it happened, in milliseconds since 1970, where its envelope says so. */
  readonly timeMs?: number;
  /** The group of a FIFO queue: its messages stay in order, whatever their channels. */
  readonly group?: string;
}
