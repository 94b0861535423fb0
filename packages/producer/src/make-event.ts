import type { CloudEvent, UncheckedEvent } from "./cloud-event.ts";
import type { MessageSettings } from "./settings.ts";
import { activeTraceContext } from "./trace-context.ts";

const isPair = (input: UncheckedEvent): input is readonly [string, unknown] => Array.isArray(input);

/** Makes a CloudEvent of a name and a payload. A CloudEvent remains as it is, with its id. */
export function toCloudEvent(input: UncheckedEvent, settings: MessageSettings): CloudEvent {
  if (!isPair(input)) return input;
  const [type, data] = input;
  const event: CloudEvent = {
    specversion: "1.0",
    id: settings.newId(),
    source: settings.source,
    type,
    time: settings.now().toISOString(),
    datacontenttype: "application/json",
    data,
  };
  const trace = activeTraceContext();
  return trace === undefined ? event : { ...event, ...trace };
}
