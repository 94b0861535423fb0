/** The largest number of times within a window of this length, wherever it begins. */
export function largestWindow(timesMs: readonly number[], windowMs: number): number {
  const sorted = [...timesMs].sort((a, b) => a - b);
  let from = 0;
  let largest = 0;
  for (const [index, timeMs] of sorted.entries()) {
    while ((sorted[from] ?? timeMs) <= timeMs - windowMs) from += 1;
    largest = Math.max(largest, index - from + 1);
  }
  return largest;
}

/** The number of times in each step from 0 on. Times before 0 count as 0. */
export function histogram(timesMs: readonly number[], stepMs: number): readonly number[] {
  const counts: number[] = [];
  for (const timeMs of timesMs) {
    const step = Math.max(0, Math.floor(timeMs / stepMs));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return Array.from(counts, (count = 0) => count);
}
