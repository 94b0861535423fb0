import type { TokenFailure } from "@realtime-gateway/access";
import type { HttpCode, TokenCheck } from "@realtime-gateway/codes";
import { parseChannel } from "@realtime-gateway/routing";
import type { Log, LogFields } from "../log.ts";

export type DenialCode = Extract<
  HttpCode,
  | "missing_credentials"
  | "invalid_token"
  | "assertion_mismatch"
  | "channel_not_allowed"
  | "not_granted"
  | "token_without_grants"
  | "not_owner"
  | "user_id_too_long"
  | "user_id_invalid"
  | "user_info_too_large"
  | "users_unknown"
  | "jwks_unavailable"
  | "ownership_unavailable"
>;

interface DenialCause {
  readonly check?: TokenCheck;
  /** The cause of an outage. It is for the log only. */
  readonly reason?: string;
}

/** The answer to a request, or to one channel of it, that the function does not authorize. It is a value and never thrown. */
export class Denial {
  /** 401: missing or bad credentials. 403: a rule. 503: an outage of the issuer or the platform. */
  readonly status: 401 | 403 | 503;
  readonly code: DenialCode;
  /** For the client. It contains nothing that the client sent. */
  readonly detail: string;
  readonly cause: DenialCause;

  constructor(status: Denial["status"], code: DenialCode, detail: string, cause: DenialCause = {}) {
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.cause = cause;
  }
}

/** Missing keys are an outage: with a 401, clients would throw a good token away. */
export const denialOf = (failure: TokenFailure): Denial =>
  failure.check === "keys_unavailable"
    ? new Denial(503, "jwks_unavailable", "The issuer's keys are not available; try again", { reason: failure.reason })
    : new Denial(401, "invalid_token", failure.detail, { check: failure.check });

/** The answer of a check: explicit in both cases, so that a forgotten `return` authorizes nothing. */
export type AccessVerdict = "allowed" | Denial;

/** A denial and the channel that it is about, if it is about one. */
export interface LoggedDenial {
  readonly denial: Denial;
  readonly channel?: string;
}

/** Logs denials without what the client sent. Equal ones share one log record with a `count`, as a batch has up to 100 channels. */
export function logDenials(denials: readonly LoggedDenial[], log: Log, requestId: string | undefined): void {
  const counts = new Map<string, { readonly status: number; readonly fields: LogFields; count: number }>();
  for (const { denial, channel } of denials) {
    const { status, code, cause } = denial;
    const kind = channel === undefined ? undefined : (parseChannel(channel)?.channel.kind ?? "unknown");
    const fields = { code, status, kind, check: cause.check, reason: cause.reason };
    const key = JSON.stringify(fields);
    const equal = counts.get(key);
    if (equal) equal.count += 1;
    else counts.set(key, { status, fields, count: 1 });
  }
  for (const { status, fields, count } of counts.values()) {
    const entry = { ...fields, count, request_id: requestId };
    if (status === 503) log.error("auth_unavailable", entry);
    else log.warn("auth_denied", entry);
  }
}
