import type { RejectionCode } from "@realtime-gateway/events";
import type { PublishFailureCode } from "@realtime-gateway/pusher";

/** Why a record stays in the queue. A rejection is one only where the dead-letter queue could not be told. */
export type FailureCode = RejectionCode | PublishFailureCode | "deadline" | "blocked_by_group" | "internal_error";

export interface Failed {
  readonly kind: "failed";
  readonly code: FailureCode;
  readonly detail: string;
}

/** What became of one record. All but `failed` are acknowledged. */
export type Outcome =
  | { readonly kind: "published" | "conflated" | "duplicate" | "expired" }
  | { readonly kind: "dead_lettered"; readonly code: RejectionCode }
  | Failed;

export const failed = (code: FailureCode, detail: string): Failed => ({ kind: "failed", code, detail });
