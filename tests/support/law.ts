import * as fc from "fast-check";

/** Checks a law on a fixed number of drawn cases; a failure prints its seed and the smallest counterexample. */
export function law<Cases>(property: fc.IProperty<Cases>, numRuns = 300): void {
  // `void`: the linter does not see that the overload for synchronous properties returns nothing.
  void fc.assert(property, { numRuns });
}
