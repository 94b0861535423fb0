import * as light from "../../functions/platform/fetch/index.ts";
import { nodeClasses } from "../../functions/platform/fetch/node-classes.ts";

/** Node's own Fetch classes, and those that the bundles use in their place. */
export const FETCH_CLASSES = { node: { ...nodeClasses() }, light: { ...light } } as const;

export type FetchClassesName = keyof typeof FETCH_CLASSES;

/** Makes these classes the global ones. Code that ran before keeps its own. */
export function setFetchClasses(name: FetchClassesName): void {
  Object.assign(globalThis, FETCH_CLASSES[name]);
}
