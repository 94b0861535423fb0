import { createEventQueue } from "./buffer.ts";
import type { BufferOptions, EventBuffer } from "./buffer-types.ts";
import type { CloudEvent } from "./cloud-event.ts";
import { aborted, ProducerError } from "./producer-error.ts";
import type { SentMany } from "./sent.ts";
import type { MessageSettings } from "./settings.ts";

export interface EventBufferDeps {
  /** Makes and validates an event. Throws a `ProducerError`. */
  readonly make: (name: string, data: unknown) => CloudEvent;
  readonly sendMany: (events: readonly CloudEvent[]) => Promise<SentMany>;
  readonly onWarning: MessageSettings["onWarning"];
}

/** Node 20.0 to 20.4 have no `Symbol.asyncDispose`. Compilers of `await using` then use this one. */
const ASYNC_DISPOSE: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

export function createEventBuffer<Events>(options: BufferOptions, deps: EventBufferDeps): EventBuffer<Events> {
  const { make, sendMany, onWarning } = deps;
  const queue = createEventQueue(options, {
    sendMany,
    warn: ({ id, type }, { code, detail }) => onWarning({ code, event: type, id, detail }),
  });
  return {
    async add(name, data) {
      if (queue.isClosed) throw new ProducerError(aborted("the buffer is closed"));
      await queue.add(make(name, data));
    },
    flush: () => queue.flush(true),
    close: () => queue.close(true),
    async [ASYNC_DISPOSE]() {
      await queue.close(false);
    },
  };
}
