/** Departures with a delay before their report. A quick return cancels the report. */
export interface Departures {
  hold(subject: string, report: () => void): void;
  /** True if the report of this departure was still due. */
  cancel(subject: string): boolean;
  clear(): void;
}

export function createDepartures(delayMs: number): Departures {
  const held = new Map<string, NodeJS.Timeout>();
  return {
    hold(subject, report) {
      const leave = (): void => {
        held.delete(subject);
        report();
      };
      held.set(subject, setTimeout(leave, delayMs));
    },
    cancel(subject) {
      clearTimeout(held.get(subject));
      return held.delete(subject);
    },
    clear() {
      for (const timer of held.values()) clearTimeout(timer);
      held.clear();
    },
  };
}
