import { accepted, type Result } from "@realtime-gateway/events";
import { guard, type Message, route } from "@realtime-gateway/routing";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { decode } from "./decode.ts";

/** Decode, route, guard: from the text of a queue message to what is published, or why it never can be. */
export function prepare(body: string, config: Pick<Config, "form" | "maxPayloadBytes">, log: Log): Result<Message> {
  const decoded = decode(body);
  if (!decoded.ok) return decoded;
  const { event, drift } = decoded.value;

  const routed = route(event, config.form);
  if (!routed.ok) return routed;
  const { channels, idFields } = routed.value;
  if (drift.length > 0) log.warn("payload_drifted", { event: event.name, paths: drift });

  const limitBytes = config.maxPayloadBytes;
  const guarded = guard(event, { limitBytes, form: config.form, idFields });
  if (!guarded.ok) return guarded;
  if (guarded.value.truncated)
    log.warn("payload_truncated", {
      event: event.name,
      channels,
      bytes: guarded.value.originalBytes,
      limit: limitBytes,
    });

  return accepted({ name: event.name, channels, json: guarded.value.json });
}
