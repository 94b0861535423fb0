import type { RealtimeHub } from "./hub.ts";
import { watchPage } from "./page.ts";
import { REPORTED, SIGNATURE } from "./problems.ts";
import { bindAll, type PusherError, type PusherInstance } from "./pusher.ts";
import { SIGN_IN } from "./sign-in.ts";
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

const SOURCE = "connection";

/** Watches the connection of a `pusher-js` instance, and replaces it when it is dead. */
export function watchConnection(
  pusher: PusherInstance,
  { report, solved, endSignIns }: RealtimeHub,
  tell: (signal: "connected" | "lost" | "visible" | "awake") => void,
  denied: (error: Error) => void,
): Stop {
  const { connection, user } = pusher;
  /** Replaces a socket that does not answer, or an attempt that failed. */
  const reconnecting = createTimer();

  const reconnect = (): void => {
    pusher.disconnect();
    pusher.connect();
  };

  const probe = (): void => {
    if (connection.state === "unavailable") reconnect();
    else if (connection.state === "connected" && !reconnecting.isSet()) {
      reconnecting.set(PROBE_MS, reconnect);
      pusher.send_event("pusher:ping", {});
    }
  };

  const lost = (): void => {
    reconnecting.clear();
    tell("lost");
  };

  const connected = (): void => {
    solved(SOURCE);
    reconnecting.clear();
    tell("connected");
  };

  const unbindConnection = bindAll(connection, {
    connected,
    // `pusher-js` reports `connected` until a second after its socket closed. This event comes at once.
    connecting_in: lost,
    connecting: lost,
    unavailable: () => reconnecting.set(randomMs(MAX_RECONNECT_MS), reconnect),
    disconnected: lost,
    message: ({ event }: { readonly event: string }) => {
      reconnecting.clear();
      if (event !== "pusher:signin_success") return;
      solved(SIGN_IN);
      endSignIns();
    },
    error: ({ error, data }: PusherError) => {
      // Pusher denies a signature with an error without a code. Its text does not name the channel.
      if (data?.code === null) endSignIns(report(SIGNATURE, { code: "wrong_key", detail: data.message }));
      const code = error?.data?.code ?? 0;
      // After 4000, `pusher-js` tries again with TLS.
      if (code > 4000 && code < 4100)
        denied(
          report(SOURCE, {
            code: REFUSALS[code] ?? "connection_denied",
            detail: `close code ${code}`,
          }),
        );
    },
  });

  const unbindUser = bindAll(user, {
    "pusher:signin_error": ({ error }: { readonly error?: unknown }) => {
      if (error !== REPORTED) endSignIns(report(SIGN_IN, { code: "denied", detail: error }));
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
    unbindConnection();
    unbindUser();
  };
}
