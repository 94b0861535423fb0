/** More than the relay remembers itself, so that no event of an earlier test is missed. */
const MAX_KEYS = 20_000;

export interface RelayMemory {
  /** To call before an invocation with the keys of its events. Replaces a relay that remembers one of them from before a reset. */
  beforeInvoke(keys: readonly string[]): Promise<void>;
  /** The next test may send the same events again. */
  reset(): void;
}

/**
 * The relay remembers published events for minutes, and a test suite may send the same event in each test. A new relay takes
 * longer than a reset may take, so it starts only once a remembered event comes again.
 */
export function createRelayMemory(restartRelay: () => Promise<void>): RelayMemory {
  let current = new Set<string>();
  let stale = new Set<string>();
  return {
    async beforeInvoke(keys) {
      if (keys.some((key) => stale.has(key))) {
        stale = new Set();
        await restartRelay();
      }
      for (const key of keys) current.add(key);
      for (const oldest of current) {
        if (current.size <= MAX_KEYS) return;
        current.delete(oldest);
      }
    },
    reset() {
      stale = new Set([...stale, ...current].slice(-MAX_KEYS));
      current = new Set();
    },
  };
}
