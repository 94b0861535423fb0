import type { SqsAttributes } from "@realtime-gateway/dead-letter";
import type { SQSRecord } from "aws-lambda";
import { observeDeadLetter, type SentOriginal } from "./checker/dead-letter.ts";
import {
  type AcceptedEntry,
  type Observations,
  type ObservedCall,
  type ObservedDeadLetter,
  type ObservedEntry,
  type ObservedInvocation,
  type ObservedMessage,
  receiveKey,
  type SentEvent,
} from "./checker/observations.ts";
import { digestOf, payloadFault, type SentPayload, sentPayload } from "./checker/payload.ts";
import { markerIn } from "./traffic/draft.ts";
import type { SoakMessage } from "./traffic/traffic.ts";

/** A call that Pusher got. */
export interface CallUnderWay {
  /** Pusher accepted its entries. */
  accepted(): void;
  /** The relay got its answer, or gave up. */
  answered(end: ObservedCall["end"], pauseMs?: number): void;
  /** The relay may have given up before the answer arrived. */
  doubted(): void;
}

/** A batch that the relay got. */
export interface InvocationUnderWay {
  killed(): void;
  /** `isFailed`: the messages of its answer, or all messages if it ended in this error. */
  ended(isFailed: (messageId: string) => boolean, error?: string): void;
}

interface RawEntry {
  readonly name: string;
  readonly channel: string;
  readonly data: string;
}

type ReceivedMessage = Pick<SQSRecord, "messageId" | "body"> & {
  readonly attributes: Pick<SQSRecord["attributes"], "ApproximateReceiveCount">;
};

/** Writes down a run, without bodies: a run of any length fits into memory. */
export interface SoakRecorder {
  sent(message: SoakMessage): void;
  /** The producer got no answer, and sends the message once more. */
  sentAgain(message: SoakMessage): void;
  called(entries: readonly RawEntry[]): CallUnderWay;
  invoked(messages: readonly ReceivedMessage[]): InvocationUnderWay;
  /** A dead letter met a fault of the queue. */
  deadLetterFault(messageId: string | undefined, receiveCount: number | undefined): void;
  deadLettered(body: string, attributes: SqsAttributes): void;
  readonly messages: { readonly sent: number; readonly acknowledged: number };
  readonly acceptedEntries: number;
  readonly calls: number;
  readonly invocations: readonly ObservedInvocation[];
  observations(drained: boolean): Observations;
}

export interface RecorderOptions extends Pick<Observations, "refuses" | "faultless"> {
  readonly fifo: boolean;
  readonly nowMs: () => number;
  /** True while the machine has much more work than it can do. */
  readonly isStarved: () => boolean;
}

interface Original extends SentOriginal {
  readonly payload: SentPayload | undefined;
}

export function createRecorder({ fifo, nowMs, isStarved, ...plan }: RecorderOptions): SoakRecorder {
  const sent = new Map<number, SentEvent>();
  const originals = new Map<number, Original>();
  const accepted: AcceptedEntry[] = [];
  const calls: ObservedCall[] = [];
  const invocations: ObservedInvocation[] = [];
  const deadLetters: ObservedDeadLetter[] = [];
  const deadLetterFaults = new Set<string>();
  const messages = { sent: 0, acknowledged: 0 };

  function observe({ name, channel, data }: RawEntry): ObservedEntry {
    const marker = markerIn(data);
    const payload = marker === undefined ? undefined : originals.get(marker)?.payload;
    return { marker, name, channel, fault: payload && payloadFault(payload, data) };
  }

  return {
    sent(message) {
      const at = messages.sent++;
      const { body, payload, attributes, group, ...event } = message;
      const earlier = sent.get(event.marker);
      sent.set(
        event.marker,
        earlier
          ? { ...earlier, lastAt: at, messages: earlier.messages + 1 }
          : { ...event, group: fifo ? group : undefined, firstAt: at, lastAt: at, messages: 1 },
      );
      if (earlier) return;
      originals.set(event.marker, {
        bodyDigest: digestOf(body),
        attributes,
        name: payload === undefined ? undefined : event.name,
        payload: payload === undefined ? undefined : sentPayload(payload),
      });
    },
    sentAgain({ marker }) {
      const event = sent.get(marker);
      if (event) sent.set(marker, { ...event, lastAt: messages.sent, messages: event.messages + 1 });
    },
    called(rawEntries) {
      const call = calls.length;
      const entries = rawEntries.map(observe);
      const startedAtMs = nowMs();
      // A call of a killed process gets no answer.
      calls.push({ entries, startedAtMs, answeredAtMs: Number.POSITIVE_INFINITY, end: "failed", pauseMs: 0 });
      return {
        accepted() {
          for (const entry of entries) accepted.push({ ...entry, call });
        },
        answered(end, pauseMs = 0) {
          calls[call] = { entries, startedAtMs, answeredAtMs: nowMs(), end, pauseMs };
        },
        doubted() {
          const observed = calls[call];
          if (observed) calls[call] = { ...observed, end: "failed" };
        },
      };
    },
    invoked(batch) {
      const [fromEntry, fromCall, startedAtMs] = [accepted.length, calls.length, nowMs()];
      let wasKilled = false;
      return {
        killed: () => {
          wasKilled = true;
        },
        ended(isFailed, error) {
          const observed = batch.map(
            ({ messageId, body, attributes }): ObservedMessage => ({
              messageId,
              receiveCount: Number(attributes.ApproximateReceiveCount),
              marker: markerIn(body),
              failed: isFailed(messageId),
            }),
          );
          messages.acknowledged += observed.filter(({ failed }) => !failed).length;
          const [toEntry, toCall] = [accepted.length, calls.length];
          const end = endOf(error, wasKilled, isStarved());
          const ms = nowMs() - startedAtMs;
          invocations.push({ messages: observed, fromEntry, toEntry, fromCall, toCall, ms, end });
        },
      };
    },
    deadLetterFault: (messageId, receiveCount) => void deadLetterFaults.add(receiveKey(messageId, receiveCount)),
    deadLettered: (body, attributes) =>
      void deadLetters.push(observeDeadLetter(body, attributes, (marker) => originals.get(marker))),
    messages,
    get acceptedEntries() {
      return accepted.length;
    },
    get calls() {
      return calls.length;
    },
    invocations,
    observations: (drained) => ({
      sent,
      accepted,
      calls,
      invocations,
      deadLetters,
      deadLetterFaults,
      drained,
      ...plan,
    }),
  };
}

/** Time that has run out is a fault of the relay, with or without a kill. A starved relay cannot keep its time. */
function endOf(error: string | undefined, wasKilled: boolean, isStarved: boolean): ObservedInvocation["end"] {
  if (error === undefined) return "answered";
  if (error.includes("timed out")) return isStarved ? "starved" : "overran";
  return wasKilled ? "killed" : "failed";
}
