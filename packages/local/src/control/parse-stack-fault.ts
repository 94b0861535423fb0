import { parseFault } from "@realtime-gateway/pusher-server";
import { faultBody, readValue } from "./bodies.ts";
import type { StackFault } from "./types.ts";

/** Returns the form that lists have. Throws an Error that names every mistake in an invalid fault. */
export function parseStackFault(given: unknown): StackFault {
  const { part, ...rest } = Object(given);
  if (part === undefined && ("kill" in rest || "delayMs" in rest))
    throw new Error('Invalid fault: kill needs part: "relay", and delayMs needs part: "queue"');
  if (part === undefined) return { ...parseFault(given), part: "pusher" };
  const read = readValue(given, faultBody());
  if ("complaint" in read) throw new Error(`Invalid fault: ${read.complaint}`);
  const { value: fault } = read;
  return fault.part === "pusher" ? { part: fault.part, ...parseFault(rest) } : fault;
}
