import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { RelayDeps } from "../../../functions/relay/relay.ts";
import type { SoakLaw } from "../checker/observations.ts";
import type { CreateRelay } from "../rehearsal/create-relay.ts";
import type { RehearsalOptions } from "../rehearsal/world.ts";

/** A relay with one fault of its own. The checker must catch it. */
export interface Mutant {
  /** The fault, as a sentence without its subject. */
  readonly name: string;
  /** The law that it breaks. It may break others as well. */
  readonly law: SoakLaw;
  /** Wraps the relay, or what the relay gets from the outside. */
  mutate?(createRelay: CreateRelay): CreateRelay;
  /** A module of the relay, and the module that stands in its place. Both paths start at the project's root. */
  readonly overlay?: { readonly module: string; readonly by: string };
  /** The run that shows the fault. The default is a standard queue with heavy faults. */
  readonly run?: Partial<Pick<RehearsalOptions, "faults" | "fifo">>;
}

/** A mutant that changes what the relay gets from the outside. */
export const withDeps =
  (change: (deps: RelayDeps) => Partial<RelayDeps>): NonNullable<Mutant["mutate"]> =>
  (createRelay) =>
  (deps) =>
    createRelay({ ...deps, ...change(deps) });

/** A mutant that changes the answer. */
export const withAnswer =
  (change: (answer: SQSBatchResponse, event: SQSEvent) => SQSBatchResponse): NonNullable<Mutant["mutate"]> =>
  (createRelay) =>
  (deps) => {
    const handler = createRelay(deps);
    return async (event, context) => change(await handler(event, context), event);
  };

/** The answer that names these messages to retry later. */
export const answerFor = (messageIds: Iterable<string>): SQSBatchResponse => ({
  batchItemFailures: [...new Set(messageIds)].map((itemIdentifier) => ({ itemIdentifier })),
});

export const failedIds = ({ batchItemFailures }: SQSBatchResponse): readonly string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
