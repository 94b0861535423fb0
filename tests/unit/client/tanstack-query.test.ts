import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { invalidateOn } from "../../../packages/client/src/tanstack-query.ts";
import { createTestRealtime, type TestRealtime } from "../../../packages/client/src/testing/index.ts";

const FETCH_MS = 300;

let realtime: TestRealtime;
let client: QueryClient;
let fetches: { aborted: boolean }[];
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  realtime = createTestRealtime();
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  fetches = [];
  const observer = new QueryObserver(client, {
    queryKey: ["audit", "42"],
    queryFn: async ({ signal }) => {
      const fetched = { aborted: false };
      fetches.push(fetched);
      signal.addEventListener("abort", () => {
        fetched.aborted = true;
      });
      await new Promise((resolve) => setTimeout(resolve, FETCH_MS));
      return fetches.length;
    },
  });
  const stopObserving = observer.subscribe(() => undefined);
  const stopInvalidating = invalidateOn(client, realtime, realtime.audit("42"), { "audit.*": ["audit", "42"] });
  stop = () => {
    stopInvalidating();
    stopObserving();
  };
});
afterEach(() => {
  stop();
  realtime.close();
  client.clear();
  vi.useRealTimers();
});

const emit = (name: string) => realtime.emit("private-audit-42", name, { audit_id: "42" });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("invalidateOn", () => {
  it("fetches once more after the first fetch, which began before the subscription", async () => {
    await pass(5000);
    expect(fetches).toEqual([{ aborted: false }, { aborted: false }]);
  });

  it("fetches twice for a burst, and cancels nothing", async () => {
    await pass(5000);
    fetches.length = 0;
    for (let count = 0; count < 100; count++) {
      emit("audit.progress");
      await pass(10);
    }
    await pass(5000);
    expect(fetches).toEqual([{ aborted: false }, { aborted: false }]);
  });

  it("cancels no fetch that began before an event, and fetches once more after it", async () => {
    await pass(5000);
    fetches.length = 0;
    void client.refetchQueries({ queryKey: ["audit", "42"] });
    await pass(FETCH_MS / 2);
    emit("audit.completed");
    expect(fetches).toHaveLength(1);
    await pass(5000);
    expect(fetches).toEqual([{ aborted: false }, { aborted: false }]);
  });

  it("fetches once more for several events during a fetch", async () => {
    await pass(5000);
    fetches.length = 0;
    void client.refetchQueries({ queryKey: ["audit", "42"] });
    for (let count = 0; count < 2; count++) {
      await pass(FETCH_MS / 3);
      emit("audit.progress");
    }
    await pass(5000);
    expect(fetches).toEqual([{ aborted: false }, { aborted: false }]);
  });

  it("fetches at most twice more for a burst that begins during a fetch and outlasts it", async () => {
    await pass(5000);
    fetches.length = 0;
    void client.refetchQueries({ queryKey: ["audit", "42"] });
    for (let count = 0; count < 100; count++) {
      await pass(10);
      emit("audit.progress");
    }
    await pass(5000);
    expect(fetches).toEqual([{ aborted: false }, { aborted: false }, { aborted: false }]);
  });

  it("fetches once more after a fetch that began before an event, while a slower query was awaited", async () => {
    await pass(5000);
    const endings: (() => void)[] = [];
    const slower = {
      queryKey: ["audit", "42", "steps"],
      queryFn: () => new Promise<null>((resolve) => endings.push(() => resolve(null))),
    };
    void client.fetchQuery(slower);
    emit("audit.progress");
    fetches.length = 0;
    void client.refetchQueries({ queryKey: ["audit", "42"], exact: true });
    await pass(FETCH_MS / 3);
    emit("audit.completed");
    endings[0]?.();
    await pass(5000);
    expect(fetches).toEqual([{ aborted: false }, { aborted: false }]);
    expect(client.getQueryState(slower.queryKey)).toMatchObject({ isInvalidated: true, fetchStatus: "idle" });
  });

  it("does not wait for a query that shows a fetch but has none", async () => {
    await pass(5000);
    fetches.length = 0;
    const restored = client.getQueryCache().build(client, { queryKey: ["audit", "42", "restored"] });
    restored.setState({ fetchStatus: "fetching" });
    emit("audit.completed");
    await pass(5000);
    expect(fetches).toHaveLength(1);
  });

  it("fetches nothing after it stops", async () => {
    await pass(5000);
    fetches.length = 0;
    stop();
    emit("audit.completed");
    await pass(5000);
    expect(fetches).toEqual([]);
  });

  it("ignores events of another pattern", async () => {
    await pass(5000);
    fetches.length = 0;
    emit("notification");
    await pass(5000);
    expect(fetches).toEqual([]);
  });

  it("fetches once after a reconnect", async () => {
    await pass(5000);
    fetches.length = 0;
    realtime.disconnect();
    realtime.reconnect();
    await pass(5000);
    expect(fetches).toHaveLength(1);
  });
});
