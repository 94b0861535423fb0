import { memberOf } from "./member-of.ts";
import { watchPage } from "./page.ts";
import type { Problems, RealtimeProblem } from "./problems.ts";
import { bindAll, type PusherInstance } from "./pusher.ts";
import type { Stop } from "./stop.ts";
import { createTimer, randomMs } from "./time.ts";

/** With these, a dead socket shows within 36 s. The defaults of `pusher-js` need 150 s. */
export const PING_OPTIONS = { activityTimeout: 30_000, pongTimeout: 6_000 } as const;

/** A socket without an answer to a ping for this long is dead. */
const PROBE_MS = 10_000;
/** `pusher-js` alone tries again after 15, 30 and 60 seconds. */
const MAX_RECONNECT_MS = 5_000;

/** Close codes after which a client must not connect again (Channels protocol). */
const REFUSALS: Readonly<Record<number, string>> = { 4001: "wrong_key", 4003: "app_disabled", 4004: "over_quota" };

export interface ConnectionSignals {
  readonly tell: (signal: "connected" | "lost" | "visible" | "awake") => void;
  readonly denied: (problem: RealtimeProblem) => void;
}

/** Watches the connection of a `pusher-js` instance, and replaces it when it is dead. */
export function watchConnection(
  pusher: PusherInstance,
  { report }: Problems,
  { tell, denied }: ConnectionSignals,
): Stop {
  const { connection } = pusher;
  /** Replaces a socket that does not answer, or an attempt that failed. */
  const reconnecting = createTimer();
  let refusal: number | undefined;

  const reconnect = (): void => {
    pusher.disconnect();
    pusher.connect();
  };

  const probe = (): void => {
    if (connection.state === "unavailable") reconnect();
    if (connection.state !== "connected" || reconnecting.isSet()) return;
    reconnecting.set(PROBE_MS, reconnect);
    pusher.send_event("pusher:ping", {});
  };

  const lost = (): void => {
    reconnecting.clear();
    tell("lost");
  };

  const connected = (): void => {
    refusal = undefined;
    reconnecting.clear();
    tell("connected");
  };

  const unbind = bindAll(connection, {
    connected,
    // `pusher-js` reports `connected` until a second after its socket closed. This event comes at once.
    connecting_in: lost,
    connecting: lost,
    unavailable: () => reconnecting.set(randomMs(MAX_RECONNECT_MS), reconnect),
    disconnected: () => {
      if (refusal)
        denied(report({ code: REFUSALS[refusal] ?? "connection_denied", detail: `Pusher closed with ${refusal}` }));
      lost();
    },
    message: reconnecting.clear,
    error: (error) => {
      const code = memberOf(error, "error", "data", "code");
      // After 4000, `pusher-js` tries again with TLS.
      if (typeof code === "number" && code > 4000 && code < 4100) refusal = code;
    },
  });

  const stopPage = watchPage((signal) => {
    probe();
    tell(signal);
  });
  if (connection.state === "connected") connected();

  return () => {
    reconnecting.clear();
    stopPage();
    unbind();
  };
}
