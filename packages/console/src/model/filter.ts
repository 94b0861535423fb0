import { EVENT_FLAGS } from "@realtime-gateway/local/control";

/** A condition that an event must meet. */
export type FilterTerm =
  | { readonly on: "type" | "channel" | "id" | "code" | "is" | "text"; readonly value: string; readonly not: boolean }
  | { readonly on: "longer" | "shorter"; readonly ms: number; readonly not: boolean };

export interface EventFilter {
  readonly terms: readonly FilterTerm[];
  /** The parts that are no condition, each with its correction. */
  readonly mistakes: readonly string[];
}

const NAMES = ["type", "channel", "id", "code", "is"] as const;
const FLAGS: readonly string[] = [...EVENT_FLAGS, "accepted"];
const UNITS = { ms: 1, s: 1000 } as const;
/** Parts are separated by spaces. Quotation marks keep spaces: `"two words"`, `type:"a b"`. */
const PART = /-?(?:[a-z]+:)?"[^"]*"?|\S+/g;

/** Reads a filter such as `type:audit.* id:42 is:truncated >500ms hello`. A minus in front of a part excludes. */
export function parseFilter(text: string): EventFilter {
  const terms: FilterTerm[] = [];
  const mistakes: string[] = [];
  for (const [part] of text.matchAll(PART)) {
    const read = readPart(part);
    if (typeof read === "string") mistakes.push(read);
    else if (read !== undefined) terms.push(read);
  }
  return { terms, mistakes };
}

/** The term, or its mistake. Nothing for a part that its user still types, such as `type:`. */
function readPart(part: string): FilterTerm | string | undefined {
  const not = part.length > 1 && part.startsWith("-");
  const plain = not ? part.slice(1) : part;
  const time = /^([<>])(\d+(?:\.\d+)?)(ms|s)?$/.exec(plain);
  if (time) {
    const unit = time[3] === "s" ? UNITS.s : UNITS.ms;
    return { on: time[1] === ">" ? "longer" : "shorter", ms: Number(time[2]) * unit, not };
  }
  if (/^[<>]/.test(plain)) return `${plain}: write a time such as >500ms or <2s`;
  const [, name = "", rest = ""] = /^([a-z]+):(.*)$/s.exec(plain) ?? [];
  const on = NAMES.find((each) => each === name);
  const value = (on === undefined ? plain : rest).replaceAll('"', "").toLowerCase();
  if (value === "") return undefined;
  if (on === "is" && !FLAGS.includes(value)) return `is:${value} does not exist. Use ${FLAGS.join(", ")}`;
  return { on: on ?? "text", value, not };
}
