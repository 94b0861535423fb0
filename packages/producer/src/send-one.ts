import type { UncheckedEvent } from "./cloud-event.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { SendOptions } from "./options.ts";
import { prepareInput } from "./prepare-input.ts";
import { ProducerError } from "./producer-error.ts";
import { quietSignal } from "./quiet-signal.ts";
import type { SendReceipt } from "./sent.ts";
import type { MessageSettings } from "./settings.ts";

/** Sends one event. Throws a `ProducerError` if it is not in the queue. */
export async function sendOne(
  input: UncheckedEvent,
  { signal, attributes }: SendOptions,
  settings: MessageSettings,
  dispatcher: Dispatcher,
): Promise<SendReceipt> {
  const { id, prepared: preparing } = prepareInput(input, settings, attributes);
  const prepared = preparing instanceof Promise ? await preparing : preparing;
  if (!prepared.ok) throw new ProducerError(prepared.failure, id);
  const { message } = prepared;
  return new Promise((resolve, reject) => {
    dispatcher.add({
      message,
      call: { signal: quietSignal(signal) },
      settle(outcome) {
        if (outcome.ok)
          resolve({ id: message.id, messageId: outcome.messageId, bytes: message.bytes, browser: message.browser });
        else reject(new ProducerError(outcome, message.id));
      },
    });
  });
}
