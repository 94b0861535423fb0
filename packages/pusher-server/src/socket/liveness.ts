import type { AppSettings } from "../options.ts";
import type { CloseReason } from "./close-reason.ts";
import { INACTIVE, PONG_NOT_RECEIVED } from "./close-reason.ts";

/** Clients of older protocols do not answer `pusher:ping`. */
const FIRST_PROTOCOL_WITH_PING = 5;

export interface Liveness {
  /** Restarts the silence, because every frame proves that the client is connected. */
  heard(): void;
  stop(): void;
}

/** Pings a silent client, and gives it up if it does not answer. */
export function watchLiveness(
  protocol: number,
  settings: AppSettings,
  ping: () => void,
  giveUp: (reason: CloseReason) => void,
): Liveness {
  const canPing = protocol >= FIRST_PROTOCOL_WITH_PING;
  const silenceMs = (canPing ? settings.activityTimeoutSeconds : settings.inactivityTimeoutSeconds) * 1_000;
  let pongTimer: NodeJS.Timeout | undefined;
  let stopped = false;
  const silenceTimer = setTimeout(() => {
    if (!canPing) return giveUp(INACTIVE);
    ping();
    pongTimer = setTimeout(() => giveUp(PONG_NOT_RECEIVED), settings.pongTimeoutSeconds * 1_000);
  }, silenceMs);
  return {
    heard() {
      if (stopped) return;
      clearTimeout(pongTimer);
      silenceTimer.refresh();
    },
    stop() {
      stopped = true;
      clearTimeout(pongTimer);
      clearTimeout(silenceTimer);
    },
  };
}
