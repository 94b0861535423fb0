import type { RejectionCode } from "@realtime-gateway/codes";

/** An expected failure, as a value. `detail` names fields and limits, never a value of the payload. */
export interface Rejected {
  readonly ok: false;
  readonly code: RejectionCode;
  readonly detail: string;
  /** The event's name, if it could be read. */
  readonly event?: string;
  /** The event's id, if its envelope has one. */
  readonly eventId?: string | undefined;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Rejected;

export const accepted = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const rejected = (code: RejectionCode, detail: string): Rejected => ({ ok: false, code, detail });
