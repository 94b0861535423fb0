import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createRealtime } from "../../../packages/client/src/index.ts";
import { createRandom } from "../../../packages/pusher-server/src/random.ts";
import { measureReconnect } from "../../../tools/bench/pages/reconnect.ts";
import { largestWindow } from "../../../tools/bench/pages/windows.ts";
import { PusherClient } from "../../support/pusher-server.ts";
import { scriptSockets } from "../../support/scripted-sockets.ts";

/** Answers each authorization at once. Returns the times of the requests. */
function recordAuthorizations(): number[] {
  const requestsAtMs: number[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: { readonly body: URLSearchParams }) => {
    requestsAtMs.push(Date.now());
    const names = [...body].flatMap(([field, value]) => (field.startsWith("channel_name") ? [value] : []));
    const answers = Object.fromEntries(names.map((name) => [name, { status: 200, data: { auth: "signed" } }]));
    return { status: 200, json: async () => answers };
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return requestsAtMs;
}

/** Opens pages on a fake clock. Returns the times of what they do after a restart of the Pusher server. */
async function reconnectPages(pages: number, audits: number) {
  vi.useFakeTimers();
  const random = vi.spyOn(Math, "random").mockImplementation(createRandom(1));
  onTestFinished(() => {
    random.mockRestore();
    vi.useRealTimers();
  });
  const sockets = scriptSockets();
  const requestsAtMs = recordAuthorizations();
  const readsAtMs: number[] = [];
  for (let page = 0; page < pages; page++) {
    const realtime = createRealtime({ Pusher: PusherClient, key: "key", cluster: "eu", auth: { url: "" } });
    for (let audit = 0; audit < audits; audit++) realtime.audit(audit).refetch(() => readsAtMs.push(Date.now()));
    onTestFinished(() => realtime.close());
  }
  await vi.advanceTimersByTimeAsync(1000);
  const first = { requests: requestsAtMs.length, reads: readsAtMs.length };
  requestsAtMs.length = readsAtMs.length = 0;
  const restartedAtMs = Date.now();
  sockets.restart();
  await vi.advanceTimersByTimeAsync(10_000);
  return { first, requestsAtMs, readsAtMs, lastMs: Math.max(...readsAtMs) - restartedAtMs };
}

describe("400 pages with 4 audits each, after the Pusher server restarted", () => {
  it("spread one request a page, and one read an audit, so that no 100 ms have more than a tenth", async () => {
    const { first, requestsAtMs, readsAtMs, lastMs } = await reconnectPages(400, 4);
    expect(first).toEqual({ requests: 400, reads: 1600 });
    expect(requestsAtMs).toHaveLength(400);
    expect(readsAtMs).toHaveLength(1600);
    expect(largestWindow(requestsAtMs, 100)).toBeLessThanOrEqual(40);
    expect(largestWindow(readsAtMs, 100)).toBeLessThanOrEqual(160);
    // A second of `pusher-js`, 2 s before the authorization and 2 s before a read.
    expect(lastMs).toBeLessThanOrEqual(5100);
  });
});

describe("pages that reconnect over real sockets", () => {
  it("send a twelfth of the authorization requests of bare pusher-js", async () => {
    const size = { pages: 5, audits: 12 };
    const [bare, client] = await Promise.all([measureReconnect("bare", size), measureReconnect("client", size)]);
    expect(bare.requestsMs).toHaveLength(60);
    expect(client.requestsMs).toHaveLength(5);
    for (const { readsMs } of [bare, client]) expect(readsMs).toHaveLength(60);
  });
});
