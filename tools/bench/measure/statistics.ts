/** The value below which that share of the values lies, between neighbours in proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError("there is no quantile of nothing");
  return below + (above - below) * (position % 1);
}

export interface Sample {
  readonly median: number;
  /** Half the interquartile range as a share of the median: one disturbed round does not move it. */
  readonly spread: number;
}

export function sampleOf(values: readonly number[]): Sample {
  const median = quantile(values, 0.5);
  const halfRange = (quantile(values, 0.75) - quantile(values, 0.25)) / 2;
  return { median, spread: halfRange / median };
}
