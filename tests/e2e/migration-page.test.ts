import type { ServerResponse } from "node:http";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createProducer } from "@realtime-gateway/producer";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { RealtimeClient } from "../../packages/client/src/index.ts";
import { createTestRealtime } from "../../packages/client/src/testing/index.ts";
import { serveNode, serveRequests } from "../support/clients/web-server.ts";
import { blocksOf } from "../support/doc-blocks.ts";
import { createDocProject, type DocProject } from "../support/doc-project.ts";
import { createInbox, listen, startGateway, type TestGateway } from "../support/stack.ts";

let project: DocProject;
beforeAll(async () => {
  project = await createDocProject(blocksOf("docs/migration.md"));
});
afterAll(() => project.remove());
const load = async (file: string) => import(await project.bundle(file));

/** The part of a browser's `EventSource` that the page uses. Node 24 has none. */
class StreamReader {
  readonly #stopped = new AbortController();
  readonly #handlers = new Map<string, (event: { readonly data: string }) => void>();

  constructor(url: string) {
    void this.#read(url).catch(() => undefined);
  }

  addEventListener(name: string, handler: (event: { readonly data: string }) => void): void {
    this.#handlers.set(name, handler);
  }

  close(): void {
    this.#stopped.abort();
  }

  async #read(url: string): Promise<void> {
    const { body } = await fetch(url, { signal: this.#stopped.signal });
    let text = "";
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) {
        const [, event = "", data = ""] = /^event: (.*)\ndata: (.*)$/.exec(message) ?? [];
        this.#handlers.get(event)?.({ data });
      }
    }
  }
}

describe("the examples of docs/migration.md before a migration", () => {
  it("stream the progress of one audit to a page", async () => {
    vi.stubGlobal("EventSource", StreamReader);
    onTestFinished(() => void vi.unstubAllGlobals());
    const server: { stream(response: ServerResponse): void; progressed(id: string, done: number): void } =
      await load("sse-server-before.ts");
    const opened = createInbox<string>();
    const web = await serveNode((_request, response) => {
      server.stream(response);
      opened.put("a page");
    });
    onTestFinished(() => web.stop());
    const shown = createInbox<number>();
    const stop = (await load("sse-page-before.ts")).watchAudit(web.origin, "42", shown.put);
    onTestFinished(stop);
    await opened.take();

    server.progressed("43", 1);
    server.progressed("42", 3);

    expect(await shown.take()).toBe(3);
  });

  it("post a webhook, and report its failure", async () => {
    const bodies: unknown[] = [];
    let status = 200;
    const receiver = await serveRequests(async (request) => {
      bodies.push(await request.json());
      return new Response(null, { status });
    });
    onTestFinished(() => receiver.stop());
    const { sendEvent } = await load("webhook-before.ts");

    await sendEvent(receiver.origin, "audit.progress", { audit_id: "42" });
    status = 503;
    const failure = sendEvent(receiver.origin, "audit.progress", { audit_id: "42" });

    await expect(failure).rejects.toThrow("The webhook answered 503");
    expect(bodies).toContainEqual(expect.objectContaining({ event: "audit.progress", data: { audit_id: "42" } }));
  });

  it("poll until the page stops", async () => {
    const { watchAudit } = await load("polling-before.ts");
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let reads = 0;
    const stop = watchAudit(async () => (reads += 1));
    await vi.advanceTimersByTimeAsync(10_000);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reads).toBe(3);
  });
});

describe("the examples of docs/migration.md after a migration, on the server", () => {
  let gateway: TestGateway;
  let sqs: SQSClient;
  beforeAll(async () => {
    gateway = await startGateway();
    const { endpoint, region, credentials } = gateway.queue;
    sqs = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  });
  afterAll(async () => {
    sqs.destroy();
    await gateway.stop();
  });

  it("send the progress, and the body of the webhook, to the subscribers of the audit", async () => {
    const { queueUrl } = gateway.queue;
    const listener = await listen(gateway, ["private-audit-42"]);
    const producer = createProducer({ queueUrl, source: "/audits", client: sqs });

    await (await load("sse-server-after.ts")).progressed(producer, "42", 3);
    expect(await listener.next()).toMatchObject({ event: "audit.progress", data: { completed_steps: 3 } });
    await (await load("webhook-after.ts")).sendEvent(sqs, queueUrl, "audit.progress", { audit_id: "42" });
    expect(await listener.next()).toMatchObject({ event: "audit.progress", data: { audit_id: "42" } });
  });
});

describe("the examples of docs/migration.md after a migration, on the page", () => {
  it.each(["sse-page-after.ts", "polling-after.ts"])("read again after an event: %s", async (file) => {
    const { watchAudit }: { watchAudit: (realtime: RealtimeClient, id: string, ...rest: unknown[]) => () => void } =
      await load(file);
    const realtime = createTestRealtime();
    onTestFinished(() => realtime.close());
    let reads = 0;
    const read = async () => (reads += 1);
    const shown: number[] = [];
    watchAudit(realtime, "42", read, (done: number) => shown.push(done));
    await expect.poll(() => reads).toBe(1);
    realtime.emit(realtime.audit("42"), "audit.progress", { audit_id: "42" });
    await expect.poll(() => reads).toBe(2);
    if (file === "sse-page-after.ts") await expect.poll(() => shown).toEqual([1, 2]);
  });
});
