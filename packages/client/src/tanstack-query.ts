import type { RealtimeChannel, RealtimeClient, Stop } from "./index.ts";

/** The parts of TanStack Query's `QueryClient` (version 5) that this module uses. */
export interface InvalidatingClient {
  getQueryCache(): {
    findAll(filters: { queryKey: readonly unknown[] }): readonly {
      readonly state: { readonly fetchStatus: string };
      readonly promise?: Promise<unknown> | undefined;
    }[];
  };
  invalidateQueries(filters: { queryKey: readonly unknown[] }, options: { cancelRefetch: boolean }): Promise<void>;
}

/** A pattern is the name of an event, or a prefix and `*`. */
const matches =
  (pattern: string) =>
  (event: string): boolean =>
    pattern.endsWith("*") ? event.startsWith(pattern.slice(0, -1)) : event === pattern;

/**
 * Invalidates queries when events arrive: once after the subscription and each re-subscription, once at the first event of a
 * burst, and once more after its last. It never cancels a fetch: it invalidates when none runs.
 */
export function invalidateOn<Events>(
  queryClient: InvalidatingClient,
  _realtime: RealtimeClient,
  channel: RealtimeChannel<Events>,
  queries: Readonly<Record<string, readonly unknown[]>>,
): Stop {
  const stops = Object.entries(queries).map(([pattern, queryKey]) =>
    channel.refetch(() => queryClient.invalidateQueries({ queryKey }, { cancelRefetch: false }), {
      when: matches(pattern),
      maxWaitMs: Number.POSITIVE_INFINITY,
      waitFor: () => untilIdle(queryClient, queryKey),
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Resolves when no query fetches. A fetch that began before an event may have read the old state. TanStack Query would join it, or
 * cancel it. While one fetch is awaited, another may begin, and an event may follow it.
 */
async function untilIdle(queryClient: InvalidatingClient, queryKey: readonly unknown[]): Promise<void> {
  const awaited = new Set<unknown>();
  for (;;) {
    const running = queryClient
      .getQueryCache()
      .findAll({ queryKey })
      .filter(({ state }) => state.fetchStatus === "fetching")
      .map(({ promise }) => promise)
      // A promise that settled is no reason to wait, whatever its query shows.
      .filter((promise) => promise && !awaited.has(promise));
    if (running.length === 0) return;
    for (const promise of running) awaited.add(promise);
    await Promise.allSettled(running);
  }
}
