export interface VisibleRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}

/** Rows above and below the visible ones, so that quick scrolling shows no gap. */
const OVERSCAN = 8;

/** The rows of a list that are worth rendering. */
export function visibleRange({ scrollTop, height, rowHeight, count }: Viewport): VisibleRange {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - OVERSCAN);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN);
  return { first, end: Math.max(first, end) };
}
