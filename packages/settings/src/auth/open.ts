import { createGroup } from "../group.ts";

/** Everybody may subscribe to every channel of the gateway. */
export interface OpenModeSettings {
  readonly mode: "open";
}

export const openModeSettings = createGroup({}, (): OpenModeSettings => ({ mode: "open" }));
