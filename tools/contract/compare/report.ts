import { lineOf, versionRule } from "./change.ts";
import type { Judged } from "./waivers.ts";

const VERSION = {
  major: "This needs a new major version; before 1.0, a new minor one.",
  minor: "This needs a new minor version; before 1.0, a new patch version.",
  patch: "The contract is the same.",
} as const;

/** The report of a comparison, as lines of text. */
export function report({ breaking, waived, compatible, unused }: Judged): readonly string[] {
  const rule = versionRule([...breaking, ...waived.map(({ change }) => change), ...compatible]);
  return [
    ...section("Breaking changes", breaking.map(lineOf)),
    ...section(
      "Waived",
      waived.map(({ change, reason }) => `${lineOf(change)} (${reason})`),
    ),
    ...section("Compatible changes", compatible.map(lineOf)),
    ...section(
      "Waivers without a change; delete them",
      unused.map(({ change }) => change),
    ),
    VERSION[rule],
    ...(breaking.length > 0
      ? ["If the change is decided, add its line and the reason to docs/contract/waivers.json."]
      : []),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ""];
