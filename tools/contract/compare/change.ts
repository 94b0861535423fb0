/** The side that a change breaks. A compatible change breaks `nobody`. */
export type Side = "producers" | "browsers" | "nobody";

/** One difference between two versions of the contract. */
export interface Change {
  readonly event: string;
  readonly side: Side;
  /** Such as "`error` became required". */
  readonly detail: string;
}

/** A change before its event is known. */
export type Difference = Omit<Change, "event">;

const SUBJECT: Readonly<Record<Side, string>> = {
  producers: "producers of",
  browsers: "browsers reading",
  nobody: "compatible:",
};

/** One line, such as "producers of `audit.failed`: `error` became required". A waiver holds the same line. */
export const lineOf = ({ event, side, detail }: Change): string => `${SUBJECT[side]} \`${event}\`: ${detail}`;

export const isBreaking = ({ side }: Change): boolean => side !== "nobody";

/** Semantic Versioning: a breaking change needs a major version, an addition a minor one. */
export function versionRule(changes: readonly Change[]): "major" | "minor" | "patch" {
  if (changes.some(isBreaking)) return "major";
  return changes.length > 0 ? "minor" : "patch";
}
