import type { Variables } from "./group.ts";

/** One variable's row in the README's table. */
export interface SettingDoc {
  readonly meaning: string;
  readonly fallback?: string;
}

/**
 * A row for every variable, so that a variable without one does not compile. Each file exports its rows from a function:
 * bundlers drop a function that nothing calls, so the texts reach no bundle.
 */
export type DocsOf<V extends Variables> = { readonly [Name in keyof V]: SettingDoc };
