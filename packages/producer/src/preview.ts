import { route } from "@realtime-gateway/routing";
import { browserView } from "./browser-view.ts";
import type { CloudEvent } from "./cloud-event.ts";
import { escapeForSqs } from "./message-text.ts";
import { invalid, ProducerError } from "./producer-error.ts";
import type { EventPreview } from "./producer-types.ts";
import type { MessageSettings } from "./settings.ts";

/** The channels and the payload of a valid event, as browsers get them. */
export function previewOf({ type: name, id, data }: CloudEvent, { payloadLimitBytes }: MessageSettings): EventPreview {
  const json = escapeForSqs(JSON.stringify(data));
  const routed = route({ name, data: JSON.parse(json), json }, "private");
  if (!routed.ok) throw new ProducerError(invalid(`${name}: ${routed.detail}`), id);
  const view = browserView(json, routed.value, payloadLimitBytes);
  if (view.json === "")
    throw new ProducerError(invalid(`${name}: the ids alone pass the limit of ${payloadLimitBytes} bytes`), id);
  const { bytes, truncated } = view;
  return { event: name, channels: routed.value.channels, data: JSON.parse(view.json), bytes, truncated };
}
