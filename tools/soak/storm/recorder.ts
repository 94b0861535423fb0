import type {
  HandledRecord,
  Invocation,
  Letter,
  Observations,
  Publication,
  SentEvent,
} from "../checker/observations.ts";
import { markerIn } from "../traffic/draft.ts";
import type { SoakMessage } from "../traffic/traffic.ts";

/** A batch that the relay has been given. */
export interface InvocationUnderWay {
  killed(): void;
  /** With what it left in the queue: its answer's failures, or everything where it ended in this error. */
  ended(isFailed: (position: number) => boolean, error?: string): void;
}

/** Writes down what happens, without the bodies: a run of any length fits into memory. */
export interface Recorder {
  sent(message: SoakMessage): void;
  published(publication: { readonly event: string; readonly channel: string; readonly data: string }): void;
  invoked(bodies: readonly string[]): InvocationUnderWay;
  letter(body: string, code: string | undefined): void;
  /** Messages sent, and those that the relay has acknowledged. */
  readonly messages: { readonly sent: number; readonly acknowledged: number };
  readonly publications: number;
  readonly invocations: readonly Invocation[];
  observations(drained: boolean): Observations;
}

export interface RecorderOptions {
  readonly fifo: boolean;
  readonly refusals: boolean;
}

export function createRecorder({ fifo, refusals }: RecorderOptions): Recorder {
  const sent = new Map<number, SentEvent>();
  const publications: Publication[] = [];
  const invocations: Invocation[] = [];
  const letters: Letter[] = [];
  const messages = { sent: 0, acknowledged: 0 };

  function invoked(bodies: readonly string[]): InvocationUnderWay {
    const fromPublication = publications.length;
    let wasKilled = false;
    return {
      killed: () => {
        wasKilled = true;
      },
      ended(isFailed, error) {
        const records = bodies.map(
          (body, position): HandledRecord => ({ marker: markerIn(body), failed: isFailed(position) }),
        );
        messages.acknowledged += records.filter(({ failed }) => !failed).length;
        const end = endOf(error, wasKilled);
        invocations.push({ records, fromPublication, toPublication: publications.length, end });
      },
    };
  }

  return {
    sent(message) {
      const at = messages.sent++;
      const { body: _, group, ...event } = message;
      const earlier = sent.get(event.marker);
      const grouped = { ...event, group: fifo ? group : undefined };
      sent.set(event.marker, earlier ? { ...earlier, lastAt: at } : { ...grouped, firstAt: at, lastAt: at });
    },
    published({ event, channel, data }) {
      publications.push({ marker: markerIn(data), name: event, channel });
    },
    invoked,
    letter: (body, code) => letters.push({ marker: markerIn(body), code }),
    messages,
    get publications() {
      return publications.length;
    },
    invocations,
    observations: (drained) => ({ sent, publications, invocations, letters, refusals, drained }),
  };
}

/** Time that has run out is a fault of the relay's, killed or not. */
function endOf(error: string | undefined, wasKilled: boolean): Invocation["end"] {
  if (error === undefined) return "answered";
  if (error.includes("timed out")) return "overran";
  return wasKilled ? "killed" : "failed";
}
