"use client";

import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useInsertionEffect,
  useRef,
  useSyncExternalStore,
} from "react";
import type {
  Member,
  Meta,
  PresenceChannel,
  RealtimeChannel,
  RealtimeClient,
  ReceivedData,
  RefetchOptions,
  Status,
} from "./index.ts";

const RealtimeContext = createContext<RealtimeClient | undefined>(undefined);

export interface RealtimeProviderProps {
  readonly realtime: RealtimeClient;
  readonly children?: ReactNode;
}

export const RealtimeProvider = ({ realtime, children }: RealtimeProviderProps) =>
  createElement(RealtimeContext.Provider, { value: realtime }, children);

/** The realtime of the provider. Throws if there is none. */
export function useRealtime(): RealtimeClient {
  const realtime = useContext(RealtimeContext);
  if (!realtime) throw new Error("useRealtime needs a <RealtimeProvider realtime={…}> around it");
  return realtime;
}

export function useRealtimeStatus(): Status {
  const realtime = useRealtime();
  return useSyncExternalStore(
    realtime.onStatus,
    () => realtime.status,
    () => "idle",
  );
}

/** Calls the newest handler for each event of this name. A new handler costs nothing. */
export function useRealtimeEvent<Events, Name extends keyof Events & string>(
  channel: RealtimeChannel<Events>,
  name: Name,
  handler: (data: ReceivedData<Events[Name]>, meta: Meta) => void,
): void {
  const newest = useNewest(handler);
  const realtime = useContext(RealtimeContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a channel is new in each render; its realtime and name identify it
  useEffect(() => channel.on(name, (data, meta) => newest.current(data, meta)), [realtime, channel.name, name]);
}

/** Calls the newest `load` after the subscription and after events. */
export function useRefetch<Events>(
  channel: RealtimeChannel<Events>,
  load: () => unknown,
  options?: RefetchOptions,
): void {
  const newest = useNewest({ ...options, load });
  const realtime = useContext(RealtimeContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a channel is new in each render; its realtime and name identify it
  useEffect(
    () =>
      channel.refetch(() => newest.current.load(), {
        ...options,
        when: (event) => newest.current.when?.(event) ?? true,
        waitFor: () => newest.current.waitFor?.(),
      }),
    [realtime, channel.name],
  );
}

/** The members of the channel. There are none on the server. */
export function usePresence(channel: PresenceChannel): readonly Member[] {
  const realtime = useContext(RealtimeContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a channel is new in each render; its realtime and name identify it
  const subscribe = useCallback((onChange: () => void) => channel.onMembers(onChange), [realtime, channel.name]);
  return useSyncExternalStore(
    subscribe,
    () => channel.members,
    () => NOBODY,
  );
}

const NOBODY: readonly Member[] = [];

/** The newest value, for callbacks that run between renders. React 18 warns about no other effect on servers. */
function useNewest<T>(value: T): { readonly current: T } {
  const newest = useRef(value);
  useInsertionEffect(() => {
    newest.current = value;
  });
  return newest;
}
