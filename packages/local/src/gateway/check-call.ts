import { arrivalMatch, arrivalOptions, deadLetterFilter, readValue } from "../control/bodies.ts";

// A test in JavaScript has no compiler. A misspelt member would match every event, so that the test passes falsely.

/** Throws a TypeError that names every mistake, as the control API does. */
export function checkWait(match: unknown, options: unknown = {}): void {
  check("match", readValue(match, arrivalMatch()));
  check("options", readValue(options, arrivalOptions()));
}

/** Throws a TypeError that names every mistake, as the control API does. */
export const checkDeadLetterFilter = (filter: unknown = {}): void =>
  check("filter", readValue(filter, deadLetterFilter()));

function check(what: string, read: ReturnType<typeof readValue>): void {
  if ("complaint" in read) throw new TypeError(`Invalid ${what}: ${read.complaint}`);
}
