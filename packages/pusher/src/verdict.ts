import type { PublishFailureCode } from "@realtime-gateway/codes";
import type { Exchange } from "./transport.ts";

export type PublishFailure = Extract<Publication, { readonly ok: false }>;

export type Publication =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: PublishFailureCode;
      /** The status or the network's reason; never a URL. */
      readonly detail: string;
      /** How long Pusher asks to be left alone, in milliseconds. */
      readonly retryAfterMs?: number;
    };

/**
 * What an exchange means (statuses of Pusher's HTTP API reference):
 * 2xx published; 400 and 413 this content is refused, for good; 401, 403 and 404 our credentials, a disabled app or a spent
 * quota, so not the message's fault; 429 too fast; all else passes with time.
 */
export function verdict(exchange: Exchange, nowMs: number): Publication {
  if (!exchange.answered) return failure("pusher_unavailable", exchange.reason);
  const { status } = exchange;
  if (status >= 200 && status < 300) return { ok: true };
  const retryAfterMs = readRetryAfter(exchange.retryAfter, nowMs);
  return { ...failure(codeOf(status), `status ${status}`), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** RFC 9110: seconds, or a date. */
function readRetryAfter(retryAfter: string | undefined, nowMs: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const atMs = retryAfter.endsWith("GMT") ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function codeOf(status: number): PublishFailureCode {
  switch (status) {
    case 400:
    case 413:
      return "rejected_by_pusher";
    case 401:
    case 403:
    case 404:
      return "pusher_misconfigured";
    case 429:
      return "pusher_rate_limited";
    default:
      return "pusher_unavailable";
  }
}

const failure = (code: PublishFailureCode, detail: string) => ({ ok: false, code, detail }) as const;
