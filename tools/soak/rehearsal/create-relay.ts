import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { InvocationContext } from "../../../functions/relay/budget.ts";
import type { RelayDeps } from "../../../functions/relay/relay.ts";

export type RelayHandler = (event: SQSEvent, context?: InvocationContext) => Promise<SQSBatchResponse>;

/** The relay, or a mutant of it. */
export type CreateRelay = (deps: RelayDeps) => RelayHandler;
