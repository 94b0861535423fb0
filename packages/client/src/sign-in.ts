import { memberOf } from "./member-of.ts";
import { errorOf, type Problems } from "./problems.ts";
import { bindAll, type PusherInstance } from "./pusher.ts";
import type { Stop } from "./stop.ts";

/** Signs the connection in, so that the platform can close a user's connections. */
export interface SignInProcess {
  /** Resolves when Pusher accepted the sign-in. Rejects with the problem. */
  readonly start: () => Promise<void>;
  /** Rejects every pending `start`. */
  readonly reject: (error: Error) => void;
  readonly stop: Stop;
}

export function createSignIn(pusher: PusherInstance, { report }: Problems): SignInProcess {
  const { connection, user } = pusher;
  /** One promise for all callers of `signIn`, until Pusher answers. */
  let pending: Promise<void> | undefined;
  let settle: ((error?: Error) => void) | undefined;

  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      settle = (error) => {
        pending = settle = undefined;
        if (error) reject(error);
        else resolve();
      };
      pusher.signin();
    });

  const reject = (error: Error): void => {
    // `pusher-js` would sign in again at each reconnect, and ignore the next `signin`. It still reads this after its event.
    if (settle && user) queueMicrotask(() => Object.assign(user, { signin_requested: false }));
    settle?.(error);
  };

  const refused = (code: string): void => {
    if (settle) reject(errorOf(report({ code, detail: "the sign-in was denied" })));
  };

  const stops = [
    bindAll(connection, {
      message: (message) => {
        if (memberOf(message, "event") === "pusher:signin_success") settle?.();
      },
      // Pusher answers a sign-in that it does not accept with an error without a code.
      error: (error) => {
        if (memberOf(error, "data", "code") === null) refused("wrong_key");
      },
    }),
    ...(user ? [bindAll(user, { "pusher:signin_error": () => refused("denied") })] : []),
  ];

  return {
    start: async () => {
      if (user?.user_data) return;
      pending ??= ask();
      await pending;
    },
    reject,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
