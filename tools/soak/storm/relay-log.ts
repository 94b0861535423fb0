/** Figures from the relay's log. Only the table shows them: no law uses them, and a killed process logs nothing. */
export interface RelayFigures {
  readonly retries: number;
  readonly duplicate: number;
  readonly conflated: number;
  readonly truncated: number;
  /** The longest invocation, in milliseconds. */
  readonly longestMs: number;
  readonly errors: number;
}

export function readRelayLog() {
  const figures = { retries: 0, duplicate: 0, conflated: 0, truncated: 0, longestMs: 0, errors: 0 };
  return {
    figures,
    line(text: string): void {
      if (text.includes('"internal_error"')) figures.errors += 1;
      if (!text.includes('"relay_batch"')) return;
      const { message }: { message: Record<string, unknown> } = JSON.parse(text);
      for (const name of ["retries", "duplicate", "conflated", "truncated"] as const)
        figures[name] += Number(message[name]);
      figures.longestMs = Math.max(figures.longestMs, Number(message.ms));
    },
  };
}
