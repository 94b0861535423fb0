import { UsageError } from "@realtime-gateway/command-line";
import { MAX_RECEIVES } from "@realtime-gateway/functions/queue-rules";

/** `GATEWAY_MAX_RECEIVES`, as a deployed stage reads it. A malformed value is a mistake of the user. */
export function maxReceivesIn({ GATEWAY_MAX_RECEIVES: text }: NodeJS.ProcessEnv): number {
  if (!text) return MAX_RECEIVES.fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= MAX_RECEIVES.min && value <= MAX_RECEIVES.max) return value;
  throw new UsageError(`GATEWAY_MAX_RECEIVES must be an integer from ${MAX_RECEIVES.min} to ${MAX_RECEIVES.max}`);
}
