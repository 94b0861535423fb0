import type { Setting } from "../../packages/settings/src/setting.ts";

/** One variable that sizes a stage: how it is read, its line in `docs/deploy.md`, and its defaults. */
export interface StageVariable<T> extends Setting<T> {
  readonly meaning: string;
  readonly defaults: StageVariableDefaults;
}

/** Texts as in the environment; `""` for a variable that has no default. */
export interface StageVariableDefaults {
  readonly production: string;
  readonly other: string;
}

/** A variable with the same default on every stage, or with two. */
export const stageVariable = <T>(
  setting: Setting<T>,
  meaning: string,
  production: string,
  other = production,
): StageVariable<T> => ({ ...setting, meaning, defaults: { production, other } });
