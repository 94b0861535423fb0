import { of, SUBJECTS, type Subject } from "./matrix-channels.ts";

/** What a token's `realtime` claim holds, and which entities that opens. */
export type GrantRow = readonly [name: string, realtime: unknown, opens: readonly Subject[]];

const granting = (opens: readonly Subject[], ...channels: readonly unknown[]): GrantRow => [
  `grants ${JSON.stringify(channels)}`,
  { channels },
  opens,
];

const MATCHING: readonly GrantRow[] = [
  granting(["audit-1"], "audit-1"),
  granting(["audit-10"], "audit-10"),
  granting(["audit-a=3Ab"], "audit-a=3Ab"),
  granting(["audit-=2A"], "audit-=2A"),
  granting(["audit-1", "fiche-10"], "audit-1", "fiche-10"),
  granting(["fiche-1"], "fiche-1", "fiche-1", "fiche-2"),
  granting(of("audit"), "audit-*"),
  granting(of("fiche"), "fiche-*"),
  granting(of("job"), "job-*"),
  granting([...of("audit"), ...of("job")], "audit-*", "job-*"),
  granting(SUBJECTS, "*"),
  granting(SUBJECTS, "audit-2", "*"),
  granting(["audit-1"], null, 1, {}, ["*"], "audit-1", "private-*"),
];

/** Each looks like a grant of `audit-1`, or of more, to somebody who matches text. */
const NEAR_MISSES: readonly GrantRow[] = [
  "audit-2",
  "audit-1=2E",
  "audit-1*",
  "audit-1-*",
  "audit-1.*",
  "audit-.*",
  "audit-01",
  "audit-１",
  "audit-%31",
  "audit-=31",
  "audit-a:b",
  "audit-a=3ab",
  "audit-a=3A",
  "audit-a*",
  "audit-**",
  "audit-*-1",
  "audit--*",
  "audit-",
  "audit",
  "audit*",
  "audit.*",
  "audit:*",
  "AUDIT-1",
  "Audit-*",
  " audit-1",
  "audit-1 ",
  "audit-1\n",
  "audit-*\n",
  "audit-1\u0000",
  "audit-1,audit-10",
  "audit-1 audit-10",
  "private-audit-1",
  "private-audit-*",
  "private-encrypted-audit-1",
  "presence-audit-1",
  "presence-*",
  "private-*",
  "*-1",
  "*-*",
  "-*",
  "**",
  "* ",
  " *",
  "＊",
  "",
  "1",
  ".*",
  "user-1",
  "constructor",
  "__proto__",
].map((grant) => granting([], grant));

/** What is no text, or no list of texts, or not where grants belong. */
const MISSHAPEN: readonly GrantRow[] = [
  granting([]),
  granting([], null, true, 0, 1, {}, []),
  granting([], ["*"], ["audit-1"], [["audit-1"]]),
  granting([], { kind: "audit", id: "1" }, { toString: "*" }, { "0": "*" }),
  ["grants that are one text", { channels: "audit-1" }, []],
  ["grants that are a star", { channels: "*" }, []],
  ["grants that are like a list", { channels: { "0": "*", length: 1 } }, []],
  ["grants that are true", { channels: true }, []],
  ["grants that are null", { channels: null }, []],
  ["grants in a list of lists", { channels: [["*", "audit-1"]] }, []],
  ["grants of a prototype", JSON.parse('{"__proto__":{"channels":["*"]}}'), []],
  ["a realtime claim that is null", null, []],
  ["a realtime claim that is a star", "*", []],
  ["a realtime claim that is a list", ["*"], []],
  ["a realtime claim that is a list of what it should be", [{ channels: ["*"] }], []],
  ["no realtime claim", undefined, []],
];

export const GRANT_ROWS: readonly GrantRow[] = [...MATCHING, ...NEAR_MISSES, ...MISSHAPEN];
