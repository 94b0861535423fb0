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

const doNothing = (): void => undefined;

/** A pattern is the name of an event, or a prefix and `*`. */
const matches =
  (pattern: string) =>
  (event: string): boolean =>
    pattern.endsWith("*") ? event.startsWith(pattern.slice(0, -1)) : event === pattern;

/**
 * Invalidates queries when events arrive: once after the subscription and each re-subscription, once at the first event of a
 * burst, and once more after its last. It never cancels a fetch: after one that runs, it invalidates.
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
      waitFor: () => runningFetches(queryClient, queryKey),
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/** A fetch that began before an event may have read the old state. TanStack Query would join it, or cancel it. */
const runningFetches = (queryClient: InvalidatingClient, queryKey: readonly unknown[]): Promise<unknown> =>
  Promise.all(
    queryClient
      .getQueryCache()
      .findAll({ queryKey })
      .filter(({ state }) => state.fetchStatus === "fetching")
      .map(({ promise }) => promise?.catch(doNothing)),
  );
