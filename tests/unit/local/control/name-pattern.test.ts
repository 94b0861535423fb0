import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesPattern } from "../../../../packages/local/src/control/name-pattern.ts";
import { law } from "../../../support/law.ts";

/** The definition of a pattern, one character after the other. Slow, but it has no shortcut. */
function matchesByDefinition(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const [first, rest] = [pattern.slice(0, 1), pattern.slice(1)];
  if (first !== "*") return text.startsWith(first) && matchesByDefinition(rest, text.slice(1));
  return matchesByDefinition(rest, text) || (text !== "" && matchesByDefinition(pattern, text.slice(1)));
}

const word = (...letters: readonly string[]) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });

describe("a pattern of names", () => {
  it("matches the texts of its definition", () => {
    law(
      fc.property(word("a", "b", "*"), word("a", "b"), (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(matchesByDefinition(pattern, text));
      }),
    );
  });

  it.each([
    ["audit.*", "auditX1"],
    ["audit", "audit.started"],
    ["*.started", "audit.start"],
  ])("%s does not match %s", (pattern, name) => {
    expect(matchesPattern(pattern, name)).toBe(false);
  });

  it("has an answer for a long name, also with many asterisks", () => {
    expect(matchesPattern(`${"*a".repeat(50)}*b`, "a".repeat(5_000))).toBe(false);
  });
});
