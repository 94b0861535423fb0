/** How hard the faults of a run are. */
export const SEVERITIES = ["none", "light", "heavy"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One number in [0, 1) for these parts, the same on every run. */
export function share(seed: number, ...parts: readonly (string | number)[]): number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  for (const character of parts.join("/")) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}
