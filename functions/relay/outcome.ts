import type { FailureCode, RejectionCode } from "@realtime-gateway/codes";

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
