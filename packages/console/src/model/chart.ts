/** The `d` of an SVG path for a line through the values, the oldest first. It fills the width; zero is at the bottom. */
export function linePath(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return "";
  const top = Math.max(...values, 1e-9);
  const step = width / (values.length - 1);
  return values
    .map((value, index) => `${index === 0 ? "M" : "L"}${round(index * step)} ${round(height - (value / top) * height)}`)
    .join("");
}

/** The same line, closed at the bottom. */
export function areaPath(values: readonly number[], width: number, height: number): string {
  const line = linePath(values, width, height);
  return line === "" ? "" : `${line}L${width} ${height}L0 ${height}Z`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The last values, with one more. */
export const withLast = <Value>(values: readonly Value[], value: Value, limit: number): readonly Value[] => [
  ...values.slice(Math.max(0, values.length + 1 - limit)),
  value,
];
