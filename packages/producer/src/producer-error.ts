import type { ProducerCode } from "@realtime-gateway/codes";

export type { ProducerCode };

/** Why an event was not sent. */
export interface SendFailure {
  readonly code: ProducerCode;
  /** True if the same event may be sent later without a change. */
  readonly retryable: boolean;
  /** Names the field, the limit or the answer of SQS. */
  readonly detail: string;
}

/** An event that `send`, `event`, `preview` or `buffer.add` did not accept. */
export class ProducerError extends Error implements SendFailure {
  static override readonly name = "ProducerError";
  override readonly name = "ProducerError";
  readonly code: ProducerCode;
  readonly retryable: boolean;
  readonly detail: string;
  /** The id of the event, if it has one. Send it again with this id, so that the gateway recognizes a duplicate. */
  readonly id: string | undefined;

  constructor({ code, retryable, detail }: SendFailure, id?: string) {
    super(detail);
    this.code = code;
    this.retryable = retryable;
    this.detail = detail;
    this.id = id;
  }
}

export const invalid = (detail: string): SendFailure => ({ code: "invalid", retryable: false, detail });

export const aborted = (detail = "the signal aborted before the event was sent"): SendFailure => ({
  code: "aborted",
  retryable: true,
  detail,
});
