import type { PeerName } from "./peers/build.ts";
import type { Table } from "./report/table.ts";

/** How long to measure: `quick` shows whether something moved, `full` by how much. */
export type Effort = "quick" | "full";

export interface BenchContext {
  readonly effort: Effort;
  /** A directory that goes when the run ends. */
  readonly scratchPath: string;
  /** Where a peer's bundle is. */
  peerPath(name: PeerName): string;
  /** Shows the current step to the person at the terminal. */
  progress(step: string): void;
}

/** Measures one part of the gateway next to other ways of doing the same. */
export type Bench = (context: BenchContext) => Promise<readonly Table[]>;
