import type { JsonObject } from "@realtime-gateway/events";
import { guard, type Routed } from "@realtime-gateway/routing";

/** The payload that the gateway publishes to browsers. */
export interface BrowserSize {
  readonly bytes: number;
  /** True if the payload is too large for Pusher, so that browsers get ids, counts and short texts only. */
  readonly truncated: boolean;
}

export interface BrowserView extends BrowserSize {
  /** JSON text. */
  readonly json: string;
}

/** Applies the gateway's limit to a payload, as the relay does. Ids that routing uses are never cut. */
export function browserView(json: string, routed: Routed | undefined, limitBytes: number): BrowserView {
  const data: JsonObject = JSON.parse(json);
  const guarded = guard({ data, json }, { limitBytes, form: "private", idFields: routed?.idFields ?? [] });
  // The ids alone can pass a very small limit. The gateway rejects such an event, and browsers get nothing.
  if (!guarded.ok) return { json: "", bytes: 0, truncated: true };
  const { json: text, bytes, truncated } = guarded.value;
  return { json: text, bytes, truncated };
}
