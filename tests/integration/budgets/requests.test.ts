import { createPusherClient } from "@realtime-gateway/pusher";
import { plan } from "@realtime-gateway/routing";
import { expect, it, onTestFinished } from "vitest";
import { MAX_IN_FLIGHT } from "../../../functions/relay/publish.ts";
import { auditTrace } from "../../../tools/bench/relay/trace.ts";
import { documentedApp } from "../../support/pusher-app.ts";
import { startPeer } from "../../support/pusher-peer.ts";

it("a thousand events take one request per ten entries, on at most one connection per parallel call", async () => {
  const peer = await startPeer();
  const client = createPusherClient({ ...documentedApp, port: peer.port }, { timeoutMs: 5000 });
  onTestFinished(() => client.close());
  const calls = plan(auditTrace(40).slice(0, 1000));
  expect(await Promise.all(calls.map((call) => client.publish(call)))).toEqual(calls.map(() => ({ ok: true })));
  expect(peer.requests).toHaveLength(calls.length);
  expect(peer.connections()).toBeLessThanOrEqual(MAX_IN_FLIGHT);
});
