import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import * as tls from "node:tls";
import { createPusherClient } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import { expect, it, onTestFinished } from "vitest";
import { createLoopbackCertificate } from "../../../packages/pusher-server/src/tls/loopback-certificate.ts";
import { documentedApp } from "../../support/pusher-app.ts";
import { answerWith, portOf, startPeer } from "../../support/pusher-peer.ts";

const BATCH: readonly Entry[] = [{ channel: "private-global", name: "notification", data: "{}" }];
const HANDSHAKE_RECORD = 0x16;
const loopbackCertificate = createLoopbackCertificate();

function clientOf(port: number) {
  const client = createPusherClient({ ...documentedApp, port, tls: true }, { timeoutMs: 5000 });
  onTestFinished(() => client.close());
  return client;
}

/** Makes this process trust the certificate until the test ends. */
function trust(certificate: string): void {
  const before = tls.getCACertificates("default");
  tls.setDefaultCACertificates([...before, certificate]);
  onTestFinished(() => tls.setDefaultCACertificates(before));
}

it("with TLS, the client sends only a handshake to a peer without TLS", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const heard = new Promise<Buffer>((resolve) => {
    server.on("connection", (socket: Socket) => {
      socket.on("error", () => {});
      socket.once("data", (data) => {
        resolve(data);
        socket.destroy();
      });
    });
  });
  expect(await clientOf(portOf(server.address())).publish(BATCH)).toMatchObject({
    ok: false,
    code: "pusher_unavailable",
  });
  const bytes = await heard;
  expect(bytes[0]).toBe(HANDSHAKE_RECORD);
  expect(bytes.toString("latin1")).not.toContain("POST");
});

it("with TLS, an untrusted certificate is rejected before the client sends the request", async () => {
  const peer = await startPeer(answerWith(200), loopbackCertificate);
  expect(await clientOf(peer.port).publish(BATCH)).toEqual({
    ok: false,
    code: "pusher_unavailable",
    detail: "DEPTH_ZERO_SELF_SIGNED_CERT",
  });
  expect(peer.requests).toEqual([]);
});

it("with TLS, calls one after another share a connection", async () => {
  trust(loopbackCertificate.cert);
  const peer = await startPeer(answerWith(200), loopbackCertificate);
  const client = clientOf(peer.port);
  for (let call = 0; call < 3; call += 1) expect(await client.publish(BATCH)).toEqual({ ok: true });
  expect({ requests: peer.requests.length, connections: peer.connections() }).toEqual({ requests: 3, connections: 1 });
});
