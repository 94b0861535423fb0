import { membersOf, prettyJson } from "./json-text.ts";

export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** A long value would hide the lines after it. */
const MAX_VALUE_LENGTH = 400;

/** Compares two JSON objects member by member. Texts that are no objects are one line each. */
export function payloadDiff(before: string, after: string): readonly DiffLine[] {
  const old = membersOf(before);
  const now = membersOf(after);
  if (old === undefined || now === undefined) {
    if (before === after) return [{ kind: "same", text: shortened(before) }];
    return [
      { kind: "removed", text: shortened(before) },
      { kind: "added", text: shortened(after) },
    ];
  }
  const kept = new Map(now.map(({ name, value }) => [name, value]));
  const oldNames = new Set(old.map(({ name }) => name));
  return [
    ...old.flatMap(({ name, value }): readonly DiffLine[] => {
      const next = kept.get(name);
      if (next === undefined) return [line("removed", name, value)];
      if (hasSameValue(value, next)) return [line("same", name, next)];
      return [line("removed", name, value), line("added", name, next)];
    }),
    ...now.flatMap(({ name, value }) => (oldNames.has(name) ? [] : [line("added", name, value)])),
  ];
}

/** The relay may write a value shorter without loss. */
const hasSameValue = (a: string, b: string): boolean =>
  a === b || JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));

const line = (kind: DiffLine["kind"], name: string, value: string): DiffLine => ({
  kind,
  text: `${JSON.stringify(name)}: ${shortened(prettyJson(value))}`,
});

const shortened = (text: string): string =>
  text.length <= MAX_VALUE_LENGTH
    ? text
    : `${text.slice(0, MAX_VALUE_LENGTH)} … ${text.length - MAX_VALUE_LENGTH} more characters`;
