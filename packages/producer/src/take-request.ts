import { MAX_BYTES } from "./message-text.ts";
import type { OutgoingMessage } from "./prepare.ts";
import type { SendFailure } from "./producer-error.ts";
import type { AttemptOutcome } from "./transport.ts";

/** SQS takes at most ten messages in one request (SendMessageBatch API reference). */
export const MAX_MESSAGES = 10;

/** The events of one call of `send` or `sendMany`. */
export interface SendCall {
  readonly signal?: AbortSignal | undefined;
  /** Set when no other event of the call can pass either. */
  fatal?: SendFailure;
}

/** A message without a request so far. */
export interface PendingMessage {
  readonly message: OutgoingMessage;
  readonly call: SendCall;
  settle(outcome: AttemptOutcome): void;
}

export interface TakenRequest {
  readonly request: readonly PendingMessage[];
  readonly left: PendingMessage[];
}

/**
 * Takes the next request from the waiting messages: at most ten, and at most 1 MiB. A message is blocked while an
 * earlier one of its group has no outcome. On a FIFO queue a request has one message of a group: if SQS accepted the second
 * one of a group and not the first, their order would change.
 */
export function takeRequest(
  waiting: readonly PendingMessage[],
  busyGroups: ReadonlySet<string>,
  isFifo: boolean,
): TakenRequest {
  const request: PendingMessage[] = [];
  const left: PendingMessage[] = [];
  const blocked = new Set(busyGroups);
  let bytes = 0;
  for (const [index, pending] of waiting.entries()) {
    // A spread of a long list into arguments would pass the limit of a stack.
    if (request.length === MAX_MESSAGES) return { request, left: [...left, ...waiting.slice(index)] };
    const { message, call } = pending;
    const isSameSignal = request[0] === undefined || request[0].call.signal === call.signal;
    const isBlocked = message.group !== undefined && blocked.has(message.group);
    const fits = bytes + message.bytes <= MAX_BYTES;
    if (isSameSignal && fits && !isBlocked) {
      request.push(pending);
      bytes += message.bytes;
      if (isFifo && message.group !== undefined) blocked.add(message.group);
    } else {
      left.push(pending);
      if (message.group !== undefined) blocked.add(message.group);
    }
  }
  return { request, left };
}
