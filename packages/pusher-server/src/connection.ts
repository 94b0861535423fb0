import type { Member, SignedInUser } from "./member.ts";

/** One connected client, as the protocol sees it. */
export interface Connection {
  readonly socketId: string;
  /** Channels this client is subscribed to, with who it is there when the channel is a presence channel. */
  readonly subscriptions: Map<string, Member | undefined>;
  user: SignedInUser | undefined;
  /** Times of the client events of the last second. */
  recentClientEvents: readonly number[];
  send(frame: string): void;
  close(code: number, reason: string): void;
}
