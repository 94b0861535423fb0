import { once } from "node:events";
import { createServer } from "node:net";
import { createPusherClient, type PusherClientOptions } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import { describe, expect, it, onTestFinished } from "vitest";
import { documentedApp } from "../../support/pusher-app.ts";
import { answerWith, type PeerAnswer, portOf, startPeer } from "../../support/pusher-peer.ts";

const BATCH: readonly Entry[] = [{ channel: "private-global", name: "notification", data: "{}" }];
const RESET = { ok: false, code: "pusher_unavailable", detail: "ECONNRESET" };

async function connect(answer?: PeerAnswer, options: Partial<PusherClientOptions> = {}) {
  const peer = await startPeer(answer);
  const client = createPusherClient({ ...documentedApp, port: peer.port }, { timeoutMs: 5000, ...options });
  onTestFinished(() => client.close());
  const publish = () => client.publish(BATCH);
  return {
    peer,
    client,
    publish,
    publishAtOnce: (count: number) => Promise.all(Array.from({ length: count }, publish)),
  };
}

const reset: PeerAnswer = (response) => response.socket?.destroy();
/** Answers the requests with these numbers, and resets the connections of all others. */
const resetAllBut =
  (...numbers: readonly number[]): PeerAnswer =>
  (response, request) =>
    (numbers.includes(request.number) ? answerWith(200) : reset)(response, request);

describe("connections", () => {
  it.each([
    ["answers", answerWith(200)],
    ["errors", answerWith(400, '{"error":"no"}')],
    ["answers of a megabyte", answerWith(200, "x".repeat(1_048_576))],
    ["answers without a body", answerWith(204, "")],
  ])("are shared by calls one after another, with %s", async (_, answer) => {
    const { peer, publish } = await connect(answer);
    for (let call = 0; call < 5; call += 1) await publish();
    expect({ requests: peer.requests.length, connections: peer.connections() }).toEqual({
      requests: 5,
      connections: 1,
    });
  });

  it.each([
    [undefined, 32],
    [2, 2],
  ])("are limited for simultaneous calls (maxConnections: %s)", async (maxConnections, most) => {
    const { peer, publishAtOnce } = await connect(undefined, { ...(maxConnections && { maxConnections }) });
    expect(await publishAtOnce(40)).toEqual(Array(40).fill({ ok: true }));
    expect(peer.connections()).toBe(most);
  });

  it("are closed on close", async () => {
    const { peer, client, publish } = await connect();
    await publish();
    client.close();
    await peer.connectionClosed();
    expect(await publish()).toEqual({ ok: true });
    expect(peer.connections()).toBe(2);
  });
});

describe("a connection that the peer closed while it was idle", () => {
  it("is replaced after Node notices the end", async () => {
    const { peer, publish } = await connect();
    await publish();
    peer.closeIdleConnections();
    await peer.connectionClosed();
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests).toHaveLength(2);
  });

  it("costs one retry if the request meets the end", async () => {
    const { peer, publish } = await connect(resetAllBut(1, 3));
    await publish();
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it("costs one retry even if the peer closed all idle connections", async () => {
    // Each connection answers once. Every further request over it meets a reset.
    const seen = new Set<number>();
    const oncePerConnection: PeerAnswer = (response, request) => {
      const stale = seen.has(request.connection);
      seen.add(request.connection);
      (stale ? reset : answerWith(200))(response, request);
    };
    const { peer, publish, publishAtOnce } = await connect(oncePerConnection, { maxConnections: 4 });
    await publishAtOnce(4);
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests).toHaveLength(6);
  });

  it("is retried exactly once", async () => {
    const { peer, publish } = await connect(resetAllBut(1));
    await publish();
    expect(await publish()).toEqual(RESET);
    expect(peer.requests).toHaveLength(3);
  });

  it("sends the same signed request again", async () => {
    const { peer, publish } = await connect(resetAllBut(1, 3));
    await publish();
    await publish();
    expect(peer.requests[2]).toMatchObject({ path: peer.requests[1]?.path, body: peer.requests[1]?.body });
  });
});

describe("connections that fall silent", () => {
  const TIMEOUT = { ok: false, code: "pusher_unavailable", detail: "timeout" };
  /** Keeps 32 idle connections, and then silences them. */
  async function silenced() {
    const { peer, client, publish, publishAtOnce } = await connect();
    await publishAtOnce(32);
    expect(peer.connections()).toBe(32);
    peer.silenceConnections();
    return { peer, publish, publishUntilTimeout: () => client.publish(BATCH, 100) };
  }

  it("cost one timeout, and the next call succeeds over a new connection", async () => {
    const { peer, publish, publishUntilTimeout } = await silenced();
    expect(await publishUntilTimeout()).toEqual(TIMEOUT);
    expect(await publish()).toEqual({ ok: true });
    expect(peer.requests.map(({ connection }) => connection).slice(32)).toEqual([33]);
  });

  it("cost simultaneous calls one timeout each, and their next calls succeed", async () => {
    const { peer, publish, publishUntilTimeout } = await silenced();
    const call = async () => [await publishUntilTimeout(), await publish()];
    expect(await Promise.all(Array.from({ length: 16 }, call))).toEqual(Array(16).fill([TIMEOUT, { ok: true }]));
    expect(peer.requests.slice(32).every(({ connection }) => connection > 32)).toBe(true);
  });
});

describe("an idle connection", () => {
  /** The numbers of the connections that carry calls at these times. */
  async function connectionsAt(...timesMs: readonly number[]) {
    let nowMs = 0;
    const { peer, publish } = await connect(undefined, { nowMs: () => nowMs });
    for (const timeMs of timesMs) {
      nowMs = timeMs;
      expect(await publish()).toEqual({ ok: true });
    }
    return peer.requests.map(({ connection }) => connection);
  }

  it("is used again within 30 seconds of its last request", async () => {
    expect(await connectionsAt(1, 30_001, 60_001)).toEqual([1, 1, 1]);
  });

  it("is not used again after more than 30 seconds, for example while Lambda froze the process", async () => {
    expect(await connectionsAt(1, 30_002, 60_003)).toEqual([1, 2, 3]);
  });

  it("is used again if the system's clock goes back", async () => {
    expect(await connectionsAt(60_000, 1)).toEqual([1, 1]);
  });

  it("is closed when it is too old, also if a younger one carries the call", async () => {
    let nowMs = 0;
    const { peer, publish, publishAtOnce } = await connect(undefined, { nowMs: () => nowMs, maxConnections: 3 });
    await publishAtOnce(3);
    nowMs = 20_000;
    await publish();
    nowMs = 40_000;
    await publishAtOnce(3);
    const carriers = peer.requests.map(({ connection }) => connection);
    expect(new Set(carriers.slice(4))).toEqual(new Set([carriers[3], 4, 5]));
  });
});

describe("the client does not retry", () => {
  it("after a reset of a fresh connection", async () => {
    const { peer, publish } = await connect(reset);
    expect(await publish()).toEqual(RESET);
    expect(peer.requests).toHaveLength(1);
  });

  it("after a reset in the middle of an answer, also on a kept connection", async () => {
    const cut: PeerAnswer = (response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("{", () => response.socket?.destroy());
    };
    const { peer, publish } = await connect((response, request) =>
      (request.number === 1 ? answerWith(200) : cut)(response, request),
    );
    await publish();
    expect(await publish()).toEqual(RESET);
    expect(peer.requests).toHaveLength(2);
  });

  it("after ECONNREFUSED", async () => {
    const client = createPusherClient({ ...documentedApp, port: await freePort() }, { timeoutMs: 5000 });
    onTestFinished(() => client.close());
    expect(await client.publish(BATCH)).toEqual({ ok: false, code: "pusher_unavailable", detail: "ECONNREFUSED" });
  });

  it("after an answer that is not HTTP", async () => {
    const { peer, publish } = await connect((response) => response.socket?.end("s3cr3t\r\n\r\n"));
    const result = await publish();
    expect(result).toMatchObject({ ok: false, code: "pusher_unavailable" });
    expect(JSON.stringify(result)).not.toContain("s3cr3t");
    expect(peer.requests).toHaveLength(1);
  });
});

describe("the timeout", () => {
  const TIMEOUT = { ok: false, code: "pusher_unavailable", detail: "timeout" };
  const silence: PeerAnswer = () => {};
  const stall: PeerAnswer = (response) => void response.writeHead(200).write("{");

  it.each([
    ["before the headers", silence],
    ["in the middle of the body", stall],
  ])("ends a request to a peer that falls silent %s, and closes the connection", async (_, answer) => {
    const { peer, publish } = await connect(answer, { timeoutMs: 250 });
    expect(await publish()).toEqual(TIMEOUT);
    await peer.connectionClosed();
    expect(peer.requests).toHaveLength(1);
  });

  it.each([
    ["before the headers", silence],
    ["in the middle of the body", stall],
  ])("causes no retry on a kept connection after silence %s", async (_, answer) => {
    const { peer, publish } = await connect(
      (response, request) => (request.number === 1 ? answerWith(200) : answer)(response, request),
      { timeoutMs: 250 },
    );
    await publish();
    expect(await publish()).toEqual(TIMEOUT);
    expect(peer.requests).toHaveLength(2);
  });

  it("includes the time until a connection is free", async () => {
    const { peer, publishAtOnce } = await connect(silence, { timeoutMs: 250, maxConnections: 1 });
    expect(await publishAtOnce(3)).toEqual([TIMEOUT, TIMEOUT, TIMEOUT]);
    expect(peer.requests.length).toBeLessThanOrEqual(3);
  });
});

/** A port without a listener. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}
