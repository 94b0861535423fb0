import type { PusherInstance } from "./pusher.ts";

/** The source of the problems of sign-ins. */
export const SIGN_IN = "sign-in";

/** The pending sign-ins of a connection. Signed in, the platform can close a user's connections. */
export interface SignIns {
  /** Resolves when Pusher accepted the sign-in. Rejects with the problem. */
  readonly start: (pusher: PusherInstance) => Promise<void>;
  /** Without an error, Pusher accepted them. */
  readonly end: (error?: Error) => void;
}

export function createSignIns(): SignIns {
  const pending = new Set<(error?: Error) => void>();

  const end = (error?: Error): void => {
    for (const settle of pending) settle(error);
    pending.clear();
  };

  const start = (pusher: PusherInstance): Promise<void> =>
    new Promise((resolve, reject) => {
      const { user } = pusher;
      pending.add((error) => {
        if (!error) return resolve();
        reject(error);
        // `pusher-js` would sign in again at each reconnect, and ignore the next `signin`. It still reads this after its event.
        queueMicrotask(() => {
          user.signin_requested = false;
        });
      });
      if (user.user_data) end();
      else pusher.signin();
    });

  return { start, end };
}
