import { createServer, type ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startRunner } from "../../support/local-bundle.ts";
import { listenOnFreePort } from "../../support/local-ports.ts";

const PID = "export const handler = async () => process.pid;";

describe("an invocation", () => {
  it("passes the event to the handler, and returns its result", async () => {
    const runner = await startRunner("export const handler = async (event) => ({ got: event });");
    expect(await runner.invoke({ a: ["é"] })).toEqual({ got: { a: ["é"] } });
  });

  it("returns null for a handler without a result", async () => {
    const runner = await startRunner("export const handler = () => {};");
    expect(await runner.invoke({})).toBeNull();
  });

  it("passes a context", async () => {
    const runner = await startRunner("export const handler = async (event, context) => context;", { memoryMb: 256 });
    expect(await runner.invoke({})).toMatchObject({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionName: "test",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:test",
      memoryLimitInMB: "256",
    });
  });

  it("has a context that states the remaining time", async () => {
    const source = "export const handler = async (event, context) => context.getRemainingTimeInMillis();";
    const runner = await startRunner(source, { timeoutMs: 5_000 });
    const remainingMs = await runner.invoke({});
    expect(remainingMs).toSatisfy((value) => typeof value === "number" && value > 3_000 && value <= 5_000);
  });

  it("reuses the idle instance of an earlier one", async () => {
    const runner = await startRunner("let count = 0; export const handler = async () => ++count;");
    await runner.invoke({});
    expect(await runner.invoke({})).toBe(2);
  });

  it("runs once an instance is free when all are busy", async () => {
    const runner = await startRunner(PID, { concurrency: 1 });
    const pids = await Promise.all([runner.invoke({}), runner.invoke({}), runner.invoke({})]);
    expect(new Set(pids).size).toBe(1);
  });

  it("runs in parallel with another, in its own instance", async () => {
    const url = await openBarrier(2);
    const source = `export const handler = async () => { await fetch("${url}"); return process.pid; };`;
    const runner = await startRunner(source, { concurrency: 2 });
    const pids = await Promise.all([runner.invoke({}), runner.invoke({})]);
    expect(new Set(pids).size).toBe(2);
  });
});

/** A server that answers only after `expected` requests. */
async function openBarrier(expected: number): Promise<string> {
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    waiting.push(response);
    if (waiting.length >= expected) for (const each of waiting) each.end();
  });
  const port = await listenOnFreePort(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${port}`;
}

describe("the environment of a function", () => {
  it("does not have the developer's variables", async () => {
    vi.stubEnv("DEVELOPERS_SECRET", "hunter2");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const runner = await startRunner("export const handler = async () => process.env;");
    expect(await runner.invoke({})).not.toHaveProperty("DEVELOPERS_SECRET");
  });

  it("has its own variables", async () => {
    const runner = await startRunner("export const handler = async () => process.env;", { env: { OWN: "yes" } });
    expect(await runner.invoke({})).toHaveProperty("OWN", "yes");
  });
});

describe("logs", () => {
  it("arrive line by line, from both outputs", async () => {
    const lines: string[] = [];
    const source = "export const handler = () => { console.log('one\\ntwo'); console.error('three'); };";
    const runner = await startRunner(source, { onLog: (line) => lines.push(line) });
    await runner.invoke({});
    await runner.stop();
    expect(lines.toSorted()).toEqual(["one", "three", "two"]);
  });

  it("are one line each in Lambda's JSON format", async () => {
    const lines: string[] = [];
    const source = "export const handler = () => console.warn({ event: 'audit.progress', nested: { a: { b: {} } } });";
    const runner = await startRunner(source, { logFormat: "JSON", onLog: (line) => lines.push(line) });
    await runner.invoke({});
    await runner.stop();
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: "WARN", message: { event: "audit.progress" } },
    ]);
  });
});
