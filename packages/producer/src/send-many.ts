import type { UncheckedEvent } from "./cloud-event.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { SendOptions } from "./options.ts";
import type { Prepared } from "./prepare.ts";
import { prepareInput } from "./prepare-input.ts";
import { aborted, type SendFailure } from "./producer-error.ts";
import { quietSignal } from "./quiet-signal.ts";
import { readEvents } from "./read-events.ts";
import type { FailedOfMany, SentMany, SentOfMany } from "./sent.ts";
import type { MessageSettings } from "./settings.ts";
import type { SendCall } from "./take-request.ts";

export interface SendManyDeps {
  readonly settings: MessageSettings;
  readonly dispatcher: Dispatcher;
  /** So many messages of a call wait or are on their way. */
  readonly maxAhead: number;
}

/** So many bytes of a call wait or are on their way, and at least one message. */
const MAX_BYTES_AHEAD = 16 * 1024 * 1024;

type Events = Iterable<UncheckedEvent> | AsyncIterable<UncheckedEvent>;

/** Reads events only as fast as SQS takes them, so a long list needs little memory. */
export async function sendMany(events: Events, options: SendOptions, deps: SendManyDeps): Promise<SentMany> {
  const call: SendCall = { signal: quietSignal(options.signal) };
  const sent: SentOfMany[] = [];
  const failed: FailedOfMany[] = [];
  const room = createRoom(deps.maxAhead);
  const fail = (index: number, id: string | undefined, { code, retryable, detail }: SendFailure): void => {
    failed.push({ index, id, code, retryable, detail });
  };

  const dispatch = (index: number, id: string | undefined, prepared: Prepared): void => {
    if (!prepared.ok) {
      fail(index, id, prepared.failure);
      return;
    }
    const { message } = prepared;
    const { id: sentId, bytes, browser } = message;
    room.take(bytes);
    deps.dispatcher.add({
      message,
      call,
      settle(outcome) {
        room.free(bytes);
        if (outcome.ok) sent.push({ index, id: sentId, messageId: outcome.messageId, bytes, browser });
        else fail(index, id, outcome);
      },
    });
  };

  const add = (input: UncheckedEvent): Promise<void> | undefined => {
    const index = next;
    next += 1;
    const { id, prepared } = prepareInput(input, deps.settings, options.attributes);
    const over = call.signal?.aborted === true ? aborted() : call.fatal;
    if (over !== undefined) {
      fail(index, id, over);
      return undefined;
    }
    if (prepared instanceof Promise) return prepared.then((ready) => dispatch(index, id, ready)).then(room.available);
    dispatch(index, id, prepared);
    return room.available();
  };

  let next = 0;
  try {
    await readEvents(events, call.signal, add);
  } catch (cause) {
    await room.empty();
    throw new EventSourceError(resultOf(sent, failed), cause);
  }
  await room.empty();
  return resultOf(sent, failed);
}

/** The list of events that `sendMany` read threw an error. The events before it are in `result`. */
export class EventSourceError extends Error {
  static override readonly name = "EventSourceError";
  override readonly name = "EventSourceError";
  readonly result: SentMany;

  constructor(result: SentMany, cause: unknown) {
    super(`the source of the events failed after ${result.sent.length + result.failed.length} events`, { cause });
    this.result = result;
  }
}

const resultOf = (sent: SentOfMany[], failed: FailedOfMany[]): SentMany => ({
  sent: sent.sort(byIndex),
  failed: failed.sort(byIndex),
});

const byIndex = (a: { readonly index: number }, b: { readonly index: number }): number => a.index - b.index;

/** Counts the messages that wait or are on their way. */
function createRoom(maxMessages: number) {
  let messages = 0;
  let bytes = 0;
  let waiting: { readonly isOver: () => boolean; readonly resolve: () => void } | undefined;
  const until = (isOver: () => boolean): Promise<void> | undefined =>
    isOver()
      ? undefined
      : new Promise<void>((resolve) => {
          waiting = { isOver, resolve };
        });
  return {
    take(size: number): void {
      messages += 1;
      bytes += size;
    },
    free(size: number): void {
      messages -= 1;
      bytes -= size;
      if (waiting?.isOver() !== true) return;
      waiting.resolve();
      waiting = undefined;
    },
    available: () => until(() => messages === 0 || (messages < maxMessages && bytes < MAX_BYTES_AHEAD)),
    empty: () => until(() => messages === 0),
  };
}
