import type { SQSClient } from "@aws-sdk/client-sqs";
import type { NameOf } from "./catalog-events.ts";
import type { Attributes } from "./message-text.ts";
import type { ProducerCode } from "./producer-error.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** A problem that stops nothing. */
export interface ProducerWarning {
  /** `invalid` with `validate: "warn"`; else the code of an event that a buffer could not send. */
  readonly code: ProducerCode;
  readonly event: string;
  readonly id: string;
  readonly detail: string;
}

/** The options that a test producer has, too. */
export interface EventOptions<Own> {
  /** `strict` does not send an event that does not match its schema. `warn` calls `onWarning` and sends it. Default: `strict`. */
  readonly validate?: "strict" | "warn" | "off";
  /** The schemas of events that the catalog does not list. Any Standard Schema works: Zod, Valibot, ArkType. */
  readonly schemas?: { readonly [Name in NameOf<Own>]: StandardSchema<Own[Name]> };
  /**
   * The message group of an event. Default: its entity, on FIFO queues for their order and on standard queues for fairness.
   * `false` groups nothing.
   */
  readonly group?: false | ((event: { readonly name: string; readonly data: unknown }) => string | undefined);
  /** `PUSHER_MAX_PAYLOAD_BYTES` of the gateway. Default: 9000. */
  readonly payloadLimitBytes?: number;
  /** Default: `process.emitWarning`. */
  readonly onWarning?: (warning: ProducerWarning) => void;
}

export interface ProducerOptions<Own = Record<never, never>> extends EventOptions<Own> {
  readonly queueUrl: string;
  /** The CloudEvents `source`, such as `/audits`: which service sends. */
  readonly source: string;
  /** Default: a client of the queue's region, with the credentials of the environment. */
  readonly client?: Pick<SQSClient, "send">;
  /** How often a message is sent, the first time included. Default: 5. */
  readonly maxAttempts?: number;
  /** How many requests run at a time. Default: 8. */
  readonly concurrency?: number;
  /** The time that SQS has for an answer. Default: 10 s. */
  readonly requestTimeoutMs?: number;
}

/** Options of one call. */
export interface SendOptions {
  readonly signal?: AbortSignal;
  /** Text attributes of the messages, at most ten. */
  readonly attributes?: Attributes;
}
