import { createHash, createHmac } from "node:crypto";
import { createPusherClient, type PusherApp, type PusherClientOptions } from "@realtime-gateway/pusher";
import type { Entry } from "@realtime-gateway/routing";
import { describe, expect, it, onTestFinished } from "vitest";
import { DOCUMENTED_KEY, DOCUMENTED_SECRET, documentedApp, masterKey } from "../../support/pusher-app.ts";
import { answerWith, type PeerAnswer, startPeer } from "../../support/pusher-peer.ts";

const entry = (channel: string, data = "{}"): Entry => ({ channel, name: "audit.progress", data });

async function connect(
  answer?: PeerAnswer,
  { app, ...options }: Partial<PusherClientOptions> & { readonly app?: Partial<PusherApp> } = {},
) {
  const peer = await startPeer(answer);
  const client = createPusherClient({ ...documentedApp, port: peer.port, ...app }, { timeoutMs: 5000, ...options });
  onTestFinished(() => client.close());
  return { peer, client };
}

describe("a publication", () => {
  it("is one POST of a batch, as Pusher's HTTP API requires", async () => {
    const { peer, client } = await connect();
    const entries = [entry("private-audit-42", '{"name":"Zoé 🎧"}'), entry("private-fiche-7", '{"n":1.0}')];
    expect(await client.publish(entries)).toEqual({ ok: true });
    expect(peer.requests).toHaveLength(1);
    expect(peer.requests[0]?.path).toMatch(/^\/apps\/app-1\/batch_events\?/);
    expect(peer.requests[0]?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(peer.requests[0]?.body ?? "")).toEqual({ batch: entries });
  });

  it("is signed over its path, its query and its body", async () => {
    const { peer, client } = await connect();
    await client.publish([entry("private-audit-42", '{"name":"Zoé 🎧"}')]);
    const { path, body } = peer.requests[0] ?? { path: "", body: "" };
    const url = new URL(path, "http://peer");
    const signature = url.searchParams.get("auth_signature");
    url.searchParams.delete("auth_signature");
    url.searchParams.sort();
    const toSign = `POST\n${url.pathname}\n${url.searchParams}`;
    expect(signature).toBe(createHmac("sha256", DOCUMENTED_SECRET).update(toSign).digest("hex"));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      auth_key: DOCUMENTED_KEY,
      auth_version: "1.0",
      body_md5: createHash("md5").update(body).digest("hex"),
    });
  });

  it("does not change its entries, also for encrypted channels", async () => {
    const { peer, client } = await connect(undefined, { app: { encryptionMasterKey: masterKey } });
    const entries = Object.freeze([Object.freeze(entry("private-encrypted-audit-42", '{"a":"s3cr3t"}'))]);
    await client.publish(entries);
    await client.publish(entries);
    const sent = peer.requests.map(({ body }) => String(JSON.parse(body).batch[0].data));
    expect(entries).toEqual([entry("private-encrypted-audit-42", '{"a":"s3cr3t"}')]);
    expect(new Set(sent.map((data) => data.length)).size).toBe(1);
    expect(sent.join()).not.toContain("s3cr3t");
  });

  it("encrypts only the entries of encrypted channels", async () => {
    const { peer, client } = await connect(undefined, { app: { encryptionMasterKey: masterKey } });
    await client.publish([entry("private-encrypted-global", '{"a":1}'), entry("private-global", '{"b":2}')]);
    const [encrypted, plain] = JSON.parse(peer.requests[0]?.body ?? "").batch;
    expect(Object.keys(JSON.parse(encrypted.data))).toEqual(["nonce", "ciphertext"]);
    expect(plain.data).toBe('{"b":2}');
  });

  it("to an encrypted channel throws without a master key", async () => {
    const { peer, client } = await connect();
    await expect(client.publish([entry("private-encrypted-global")])).rejects.toThrow("MASTER_KEY");
    expect(peer.requests).toEqual([]);
  });

  it.each([0, 11])("of %i entries throws a RangeError", async (count) => {
    const { peer, client } = await connect();
    await expect(client.publish(Array(count).fill(entry("private-global")))).rejects.toThrow(RangeError);
    expect(peer.requests).toEqual([]);
  });

  it("can have ten entries of Pusher's largest size", async () => {
    const { peer, client } = await connect();
    const entries = Array(10).fill(entry("private-global", JSON.stringify({ a: "x".repeat(10_232) })));
    expect(await client.publish(entries)).toEqual({ ok: true });
    expect(JSON.parse(peer.requests[0]?.body ?? "").batch).toHaveLength(10);
  });
});

describe("an answer", () => {
  it.each([200, 202])("of status %i means published", async (status) => {
    const { client } = await connect(answerWith(status));
    expect(await client.publish([entry("private-global")])).toEqual({ ok: true });
  });

  it.each([
    [400, "rejected_by_pusher"],
    [413, "rejected_by_pusher"],
    [422, "rejected_by_pusher"],
    [401, "pusher_misconfigured"],
    [302, "pusher_misconfigured"],
    [405, "pusher_misconfigured"],
    [429, "pusher_rate_limited"],
    [503, "pusher_unavailable"],
  ])("of status %i means %s, and no redirect is followed", async (status, code) => {
    const { peer, client } = await connect(answerWith(status, "{}", { location: "/elsewhere" }));
    expect(await client.publish([entry("private-global")])).toEqual({
      ok: false,
      code,
      status,
      detail: `status ${status}`,
    });
    expect(peer.requests).toHaveLength(1);
  });

  it("of an error has the start of its body as detail, also in several parts", async () => {
    const { client } = await connect((response) => {
      response.writeHead(403);
      response.write("The app is\r\n", () => response.end(`over its quota ${"x".repeat(1_048_576)}`));
    });
    expect(await client.publish([entry("private-global")])).toEqual({
      ok: false,
      code: "pusher_misconfigured",
      status: 403,
      detail: `status 403: The app is over its quota ${"x".repeat(174)}`,
    });
  });

  it("of an error with a character that arrives in two parts has it whole", async () => {
    const [first, second] = [Buffer.from("Zoé").subarray(0, 3), Buffer.from("Zoé").subarray(3)];
    const { client } = await connect((response) => {
      response.writeHead(400);
      response.write(first, () => response.end(second));
    });
    expect(await client.publish([entry("private-global")])).toMatchObject({ detail: "status 400: Zoé" });
  });

  it.each([200, 500])("of status %i never reveals key, signature or path", async (status) => {
    const echo: PeerAnswer = (response, { path }) => {
      response.statusMessage = path;
      response.writeHead(status, { "retry-after": path, "x-path": path }).end(path);
    };
    const { client } = await connect(echo);
    const result = JSON.stringify(await client.publish([entry("private-global")]));
    for (const secret of [DOCUMENTED_KEY, "auth_", "batch_events", "app-1"]) expect(result).not.toContain(secret);
  });
});
