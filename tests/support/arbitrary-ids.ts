import * as fc from "fast-check";

/** Ids that a producer will send one day. */
const NASTY_IDS = [
  "42",
  "a:b",
  "a=3Ab",
  "a=b",
  "=",
  "==",
  "=80",
  "../../x",
  "\ufeff42",
  "\ufeff",
  " ",
  "\n",
  "\u0000",
  "é",
  "e\u0301",
  "🎧",
  "👩‍👩‍👧",
  "-",
  "audit-42",
  "private-audit-42",
  "global",
  "constructor",
  "__proto__",
] as const;

/** Well-formed ids, not empty, mostly short. */
export const wellFormedId = fc.oneof(
  fc.constantFrom(...NASTY_IDS),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom("=", "A", "a", "3", ":", "é", "-", "\ufeff"), minLength: 1, maxLength: 20 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).filter((id) => id.isWellFormed()),
);
