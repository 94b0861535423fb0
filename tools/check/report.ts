/** A defect that a check found. */
export interface Finding {
  /** `path:line`, or a path */
  readonly place: string;
  readonly problem: string;
}

/** Prints the findings and a last line with their number. The exit code is 1 if there are any. */
export function report(check: string, findings: readonly Finding[]): void {
  for (const { place, problem } of findings) console.log(`${place}  ${problem}`);
  console.log(`${check}: ${findings.length} findings`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}

/** The line of a position, counted from 1. */
export const lineAt = (source: string, index: number): number => source.slice(0, index).split("\n").length;
