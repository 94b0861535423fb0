import { parseChannel } from "@realtime-gateway/routing";
import type { Context } from "hono";
import { type HttpEnv, Problem, requestId } from "../http.ts";
import type { Log } from "../log.ts";

/** Records who was not let in and why, without what they sent: operators count these. */
export function createDenialLog(log: Log) {
  const recorded = new WeakSet<Problem>();
  return {
    /** Does the work; a refusal or an outage is recorded, once, and thrown on. */
    async logged<T>(context: Context<HttpEnv>, work: () => Promise<T>, channel?: string): Promise<T> {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Problem && !recorded.has(error)) {
          recorded.add(error);
          const { status, code } = error;
          const kind = channel === undefined ? undefined : (parseChannel(channel)?.channel.kind ?? "unknown");
          const fields = { code, status, kind, request_id: requestId(context) };
          if (status === 401 || status === 403) log.warn("auth_denied", fields);
          if (status === 503) log.error("auth_unavailable", fields);
        }
        throw error;
      }
    },
  };
}
