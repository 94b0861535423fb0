import type { UncheckedEvent } from "./cloud-event.ts";
import { toCloudEvent } from "./make-event.ts";
import type { Attributes } from "./message-text.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { invalid } from "./producer-error.ts";
import type { MessageSettings } from "./settings.ts";

export interface PreparedInput {
  /** `undefined` if the input is no event at all. */
  readonly id: string | undefined;
  readonly prepared: Prepared | Promise<Prepared>;
}

/** Prepares whatever a caller passed. An error, such as one of an own schema or of `group`, makes only this event invalid. */
export function prepareInput(
  input: UncheckedEvent,
  settings: MessageSettings,
  attributes: Attributes | undefined,
): PreparedInput {
  let id: string | undefined;
  try {
    const event = toCloudEvent(input, settings);
    id = event.id;
    const prepared = prepare(event, settings, attributes);
    return { id, prepared: prepared instanceof Promise ? prepared.catch(failed) : prepared };
  } catch (error) {
    return { id, prepared: failed(error) };
  }
}

const failed = (error: unknown): Prepared => ({
  ok: false,
  failure: invalid(`the event cannot be prepared: ${error instanceof Error ? error.message : String(error)}`),
});
