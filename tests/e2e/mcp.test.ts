import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGateway, type TestGateway } from "../support/stack.ts";

describe("an agent at /mcp", () => {
  let gateway: TestGateway;
  let client: Client;
  beforeAll(async () => {
    gateway = await startGateway();
    client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${gateway.http.url}/mcp`)));
  });
  afterAll(async () => {
    await client.close();
    await gateway.stop();
  });

  /** The JSON of a tool's answer. */
  async function call(name: string, input: Readonly<Record<string, unknown>> = {}) {
    const { content, isError } = await client.callTool({ name, arguments: { ...input } });
    const [first] = Array.isArray(content) ? content : [];
    return { isError: isError === true, text: String(first?.text) };
  }
  const json = async (name: string, input: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
    const { text } = await call(name, input);
    return JSON.parse(text);
  };

  it("lists tools with their inputs", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "list_events",
        "send_event",
        "explain_event",
        "list_channels",
        "list_dead_letters",
        "add_fault",
      ]),
    );
    expect(tools.find(({ name }) => name === "send_event")?.inputSchema.required).toEqual(["event", "data"]);
  });

  it("describes the events of the catalog", async () => {
    expect(await json("list_events")).toMatchObject({
      events: expect.arrayContaining([expect.objectContaining({ event: "notification", sample: expect.anything() })]),
    });
  });

  it("sends an event, sees it arrive, explains it, and finds its channel", async () => {
    const sent = await json("send_event", { event: "audit.config_loaded", data: { audit_id: "mcp-1" } });
    const { message_id: id } = Object(sent);
    await json("wait_for_event", { id, timeoutMs: 60_000 });

    expect(await json("explain_event", { id })).toMatchObject({
      explanations: [{ event: { channels: [{ name: "private-audit-mcp-1" }] }, text: expect.anything() }],
    });
    expect(await json("find_events", { id: "mcp-1" })).toMatchObject({ events: [{ messageId: id }] });
    expect(await json("list_channels")).toMatchObject({
      channels: expect.arrayContaining([expect.objectContaining({ name: "private-audit-mcp-1" })]),
    });
  });

  it("adds a fault, lists it and ends it", async () => {
    const fault = { part: "queue", delayMs: 1 };
    expect(await json("add_fault", { fault })).toEqual({ faults: [fault] });
    expect(await json("list_faults")).toEqual({ faults: [fault] });
    expect(await json("clear_faults", { part: "queue" })).toEqual({ faults: [] });
  });

  it("redrives a dead letter with another message", async () => {
    await gateway.send('{"type":"audit.config_loaded","data":{}}');
    await expect.poll(() => json("list_dead_letters")).toMatchObject({ total: 1 });
    const listed = await json("list_dead_letters");
    const [{ messageId }] = Object(listed).deadLetters;
    const body = '{"type":"audit.config_loaded","data":{"audit_id":"mcp-2"}}';

    expect(await json("redrive_dead_letters", { messageIds: [messageId], body })).toMatchObject({ redriven: 1 });
    await json("wait_for_event", { channel: "private-audit-mcp-2", timeoutMs: 60_000 });
  });

  it("returns the problem of a wrong input as an error of the tool", async () => {
    expect(await call("send_event", { event: "audit.progress" })).toEqual({
      isError: true,
      text: "send_event requires data",
    });
    expect(await call("explain_event", { id: "unknown" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("unknown_event"),
    });
    expect(await call("make_coffee")).toMatchObject({ isError: true });
  });

  it.each([
    { what: "a page of another site", headers: { origin: "https://evil.example" } },
    { what: "a name that resolves to this machine", headers: { host: "evil.example" } },
  ])("denies requests of $what", async ({ headers }) => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${gateway.http.url}/mcp`, { method: "POST", headers }, ({ statusCode }) =>
        resolve(statusCode),
      );
      asked.on("error", reject).end("{}");
    });
    expect(status).toBe(403);
  });
});
