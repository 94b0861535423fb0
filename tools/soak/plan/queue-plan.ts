import { createDice } from "../dice.ts";
import { type Severity, share } from "./severity.ts";

/** `lost`: the queue did it, but the answer does not arrive. `error`: the queue did not do it. */
export type QueueFault = "lost" | "error";

interface QueueShares {
  readonly send: number;
  /** The share of send calls of which the queue takes only the first messages. */
  readonly partialSend: number;
  readonly receive: number;
  readonly delete: number;
  /** The share of a delete call's messages. */
  readonly partialDelete: number;
  /** The share of messages. SQS may pass a deleted message on once more. */
  readonly undeleted: number;
  /** The share of delete calls that come after the visibility timeout. */
  readonly deleteTooLate: number;
  readonly deadLetter: number;
}

const NO_SHARES: QueueShares = {
  send: 0,
  partialSend: 0,
  receive: 0,
  delete: 0,
  partialDelete: 0,
  undeleted: 0,
  deleteTooLate: 0,
  deadLetter: 0,
};
const SHARES: Readonly<Record<Severity, QueueShares>> = {
  none: NO_SHARES,
  light: { ...NO_SHARES, send: 0.01, delete: 0.01, deadLetter: 0.03 },
  heavy: {
    send: 0.03,
    partialSend: 0.03,
    receive: 0.01,
    delete: 0.03,
    partialDelete: 0.02,
    undeleted: 0.003,
    deleteTooLate: 0.01,
    deadLetter: 0.12,
  },
};

/** The faults of one run's queue. */
export interface QueuePlan {
  send(): QueueFault | undefined;
  /** How many of a send call's messages the queue takes. It fails the last ones, so that a group keeps its order. */
  takes(messages: number): number;
  receive(): QueueFault | undefined;
  delete(): QueueFault | undefined;
  /** True if the delete call reports this message as failed. */
  failsToDelete(): boolean;
  /** True if the queue answers that the message is deleted, and keeps it. */
  keepsDeleted(): boolean;
  /** True if a batch has outlived its visibility timeout: the queue passes all its messages on once more. */
  deletesTooLate(): boolean;
  /** The fault of every try to dead-letter a message at this receive. */
  deadLetter(messageId: string, receiveCount: number): QueueFault | undefined;
}

export function createQueuePlan(severity: Severity, seed: number): QueuePlan {
  const dice = createDice(seed);
  const shares = SHARES[severity];
  const faultWith = (probability: number): QueueFault | undefined =>
    dice.chance(probability) ? dice.pick(["lost", "error"]) : undefined;
  return {
    send: () => faultWith(shares.send),
    takes: (messages) => (dice.chance(shares.partialSend) ? dice.below(messages) : messages),
    receive: () => faultWith(shares.receive),
    delete: () => faultWith(shares.delete),
    failsToDelete: () => dice.chance(shares.partialDelete),
    keepsDeleted: () => dice.chance(shares.undeleted),
    deletesTooLate: () => dice.chance(shares.deleteTooLate),
    deadLetter(messageId, receiveCount) {
      const drawn = share(seed, messageId, receiveCount);
      if (drawn >= shares.deadLetter) return undefined;
      return drawn < shares.deadLetter / 3 ? "lost" : "error";
    },
  };
}
