import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { Agent } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";
import { startPusherServer } from "@realtime-gateway/pusher-server";
import Pusher from "pusher";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

describe("a server with TLS", () => {
  let server: Awaited<ReturnType<typeof startPusherServer>>;
  beforeAll(async () => {
    server = await startPusherServer({ tls: true });
  });
  afterAll(() => server.close());

  it("serves the HTTP API to a client that trusts its certificate", async () => {
    const api = new Pusher({ ...server.options, agent: new Agent({ ca: server.certificate }) });
    await api.trigger("news", "update", { id: 1 });
    expect((await server.waitFor({ event: "update" })).data).toEqual({ id: 1 });
  });

  it.each(["127.0.0.1", "localhost"])("serves WebSockets under the name %s", async (host) => {
    const url = `wss://${host}:${server.port}/app/${server.options.key}?protocol=7`;
    const socket = new WebSocket(url, { ca: server.certificate });
    const frame = await new Promise((resolve, reject) => {
      socket.once("message", (data) => resolve(JSON.parse(String(data))));
      socket.once("error", reject);
    });
    socket.terminate();
    expect(frame).toMatchObject({ event: "pusher:connection_established" });
  });

  it("is not trusted by other clients", async () => {
    await expect(new Pusher(server.options).trigger("news", "update", {})).rejects.toThrow();
  });

  it("serves pusher-js in a process whose NODE_EXTRA_CA_CERTS names the certificate", async () => {
    const { path, remove } = await createTemporaryFolder("certificate");
    onTestFinished(remove);
    await writeFile(join(path, "server.pem"), server.certificate ?? "");
    const program = `
      const client = new (require("pusher-js"))("${server.options.key}", ${JSON.stringify(server.options)});
      client.subscribe("news").bind("pusher:subscription_succeeded", () => client.disconnect());
    `;
    const env = { NODE_EXTRA_CA_CERTS: join(path, "server.pem") };
    const seen = new Promise((resolve) => server.onSubscribe(resolve));
    await promisify(execFile)(process.execPath, ["-e", program], { env });
    expect(await seen).toBe("news");
  });
});
