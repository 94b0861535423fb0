import * as z from "zod/mini";
import { type Change, isBreaking, lineOf } from "./change.ts";

/** The file of the waivers, below the contract's folder. */
export const WAIVERS = "waivers.json";

const waivers = z.array(z.strictObject({ change: z.string(), reason: z.string().check(z.minLength(10)) }));

/** A breaking change that was decided: its line in the report, and the reason. */
export type Waiver = z.output<typeof waivers>[number];

/** Throws if the text is no list of waivers with a reason each. */
export function parseWaivers(text: string): readonly Waiver[] {
  const parsed = waivers.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${WAIVERS} must be a list of { "change", "reason" }, with a reason of 10 characters or more.`);
}

export interface Judged {
  readonly breaking: readonly Change[];
  readonly waived: readonly { readonly change: Change; readonly reason: string }[];
  readonly compatible: readonly Change[];
  /** Waivers without a change: the next version can delete them. */
  readonly unused: readonly Waiver[];
}

/** Separates the changes that are waived from the others. A waiver holds for exactly one line of the report. */
export function judge(changes: readonly Change[], allowed: readonly Waiver[]): Judged {
  const reasonOf = (change: Change): string | undefined =>
    allowed.find((waiver) => waiver.change === lineOf(change))?.reason;
  const broken = changes.filter(isBreaking);
  return {
    breaking: broken.filter((change) => reasonOf(change) === undefined),
    waived: broken.flatMap((change) => {
      const reason = reasonOf(change);
      return reason === undefined ? [] : [{ change, reason }];
    }),
    compatible: changes.filter((change) => !isBreaking(change)),
    unused: allowed.filter((waiver) => !broken.some((change) => lineOf(change) === waiver.change)),
  };
}
