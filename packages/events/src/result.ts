/** Why a message can never be delivered. Stable: operators and callers switch on it. */
export type RejectionCode =
  | "invalid_json"
  | "unknown_envelope"
  | "unknown_event"
  | "invalid_event"
  | "rejected_by_pusher";

/** An expected failure, as a value. `detail` names fields and limits, never their content. */
export interface Rejected {
  readonly ok: false;
  readonly code: RejectionCode;
  readonly detail: string;
  /** The event's name, where it could be read. */
  readonly event?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Rejected;

export const accepted = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const rejected = (code: RejectionCode, detail: string): Rejected => ({ ok: false, code, detail });
