import type { Rejected, Result } from "@realtime-gateway/events";

/** The value of a result that must be there. */
export function acceptedValue<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`rejected: ${result.code} (${result.detail})`);
  return result.value;
}

/** The rejection of a result that must be one. */
export function rejectionOf(result: Result<unknown>): Rejected {
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.value)}`);
  return result;
}
