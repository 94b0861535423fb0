import type { PublishFailureCode } from "@realtime-gateway/codes";
import { excerptOf } from "./answer-excerpt.ts";
import type { TransportResult } from "./send.ts";

export type PublishFailure = Extract<Publication, { readonly ok: false }>;

/** The result of a request to Pusher. */
export type Publication =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: PublishFailureCode;
      /** The status and the start of Pusher's answer, or the network's reason. Never a URL, because a URL is signed. */
      readonly detail: string;
      /** The status of Pusher's answer. Absent if no whole answer arrived. */
      readonly status?: number;
      /** The pause that Pusher asks for, in milliseconds. */
      readonly retryAfterMs?: number;
    };

/** Classifies Pusher's answer by its status (Pusher's HTTP API reference), or its absence by the network's reason. */
export function classify(result: TransportResult, nowMs: number): Publication {
  if (!result.answered) return { ok: false, code: codeOfReason(result.reason), detail: result.reason };
  const { status } = result;
  if (status >= 200 && status < 300) return { ok: true };
  const excerpt = excerptOf(result.errorBody);
  const retryAfterMs = parseRetryAfter(result.retryAfter, nowMs);
  return {
    ok: false,
    code: codeOfStatus(status),
    detail: excerpt === "" ? `status ${status}` : `status ${status}: ${excerpt}`,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** RFC 9110 allows seconds or a date. */
function parseRetryAfter(retryAfter: string | undefined, nowMs: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const atMs = retryAfter.endsWith("GMT") ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** `ENOTFOUND`: the host name does not exist. `EAI_AGAIN` differs: the resolver itself failed, and that passes. */
const codeOfReason = (reason: string): PublishFailureCode =>
  reason === "ENOTFOUND" ? "pusher_misconfigured" : "pusher_unavailable";

function codeOfStatus(status: number): PublishFailureCode {
  switch (status) {
    // Pusher can never accept these events.
    case 400:
    case 413:
    case 422:
      return "rejected_by_pusher";
    // Wrong credentials, a disabled app or an exceeded quota.
    case 401:
    case 403:
    case 404:
    // Another server answers under this host, port or scheme.
    case 301:
    case 302:
    case 307:
    case 308:
    case 405:
      return "pusher_misconfigured";
    case 429:
      return "pusher_rate_limited";
    default:
      return "pusher_unavailable";
  }
}
