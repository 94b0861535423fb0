import { traitsOf } from "../channels/channel-name.ts";
import { NOT_AUTHORIZED_IN_TIME } from "./close-reason.ts";
import type { Connection } from "./connection.ts";

type AuthorizedState = Pick<Connection, "user" | "subscriptions" | "close">;

/** Closes a connection that is not authorized after the timeout. Returns the timer; none for an infinite timeout. */
export function limitAuthorization(connection: AuthorizedState, timeoutSeconds: number): NodeJS.Timeout | undefined {
  if (timeoutSeconds === Number.POSITIVE_INFINITY) return undefined;
  return setTimeout(() => {
    if (!isAuthorized(connection)) connection.close(NOT_AUTHORIZED_IN_TIME.code, NOT_AUTHORIZED_IN_TIME.message);
  }, timeoutSeconds * 1_000);
}

const isAuthorized = ({ user, subscriptions }: AuthorizedState): boolean =>
  user !== undefined || [...subscriptions.keys()].some((channel) => traitsOf(channel).authorized);
