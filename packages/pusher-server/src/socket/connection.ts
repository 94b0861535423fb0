import type { ChannelMember, SignedInUser } from "../channels/member.ts";

/** One connected client. */
export interface Connection {
  readonly socketId: string;
  /** The channels of this client. A presence channel has the client's member. */
  readonly subscriptions: Map<string, ChannelMember | undefined>;
  user: SignedInUser | undefined;
  /** The times of the client events of the last second. */
  recentClientEvents: readonly number[];
  /** Sends a text frame: its text, or the UTF-8 bytes of its text. */
  send(frame: string | Buffer): void;
  close(code: number, reason: string): void;
}
