import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startRunner, writeBundle } from "../../support/local-bundle.ts";
import { HOLD_LIFELINE, openLifeline } from "../../support/local-lifeline.ts";
import { listenOnFreePort } from "../../support/local-ports.ts";

const PID = "export const handler = async () => process.pid;";
/** Limits as Lambda states them: 6 MiB in, 100 bytes more out. */
const MAX_REQUEST_BYTES = 6_291_456;
const MAX_RESPONSE_BYTES = 6_291_556;

describe("an invocation", () => {
  it("hands the event to the handler and its result back", async () => {
    const runner = await startRunner("export const handler = async (event) => ({ got: event });");
    expect(await runner.invoke({ a: ["é"] })).toEqual({ got: { a: ["é"] } });
  });

  it("answers null for a handler that returns nothing", async () => {
    const runner = await startRunner("export const handler = () => {};");
    expect(await runner.invoke({})).toBeNull();
  });

  it("tells the handler its context", async () => {
    const runner = await startRunner("export const handler = async (event, context) => context;", { memoryMb: 256 });
    expect(await runner.invoke({})).toMatchObject({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionName: "test",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:test",
      memoryLimitInMB: "256",
    });
  });

  it("tells the handler how much time is left", async () => {
    const source = "export const handler = async (event, context) => context.getRemainingTimeInMillis();";
    const runner = await startRunner(source, { timeoutMs: 5_000 });
    const remainingMs = await runner.invoke({});
    expect(remainingMs).toSatisfy((value) => typeof value === "number" && value > 3_000 && value <= 5_000);
  });

  it("reuses the instance of the one before", async () => {
    const runner = await startRunner("let count = 0; export const handler = async () => ++count;");
    await runner.invoke({});
    expect(await runner.invoke({})).toBe(2);
  });

  it("waits for a free instance when all are busy", async () => {
    const runner = await startRunner(PID, { concurrency: 1 });
    const pids = await Promise.all([runner.invoke({}), runner.invoke({}), runner.invoke({})]);
    expect(new Set(pids).size).toBe(1);
  });

  it("runs beside another, in an instance of its own", async () => {
    const url = await openBarrier(2);
    const source = `export const handler = async () => { await fetch("${url}"); return process.pid; };`;
    const runner = await startRunner(source, { concurrency: 2 });
    const pids = await Promise.all([runner.invoke({}), runner.invoke({})]);
    expect(new Set(pids).size).toBe(2);
  });
});

/** A server that answers nobody before `expected` requests have come. */
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
  it("does not show the variables of the developer", async () => {
    vi.stubEnv("DEVELOPERS_SECRET", "hunter2");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const runner = await startRunner("export const handler = async () => process.env;");
    expect(await runner.invoke({})).not.toHaveProperty("DEVELOPERS_SECRET");
  });

  it("shows its own variables", async () => {
    const runner = await startRunner("export const handler = async () => process.env;", { env: { OWN: "yes" } });
    expect(await runner.invoke({})).toHaveProperty("OWN", "yes");
  });
});

describe("a failing function", () => {
  it("rejects with the type and message of what the handler throws", async () => {
    const runner = await startRunner("export const handler = async () => { throw new TypeError('boom'); };");
    await expect(runner.invoke({})).rejects.toMatchObject({
      name: "FunctionError",
      errorType: "TypeError",
      message: "boom",
      stackTrace: expect.arrayContaining(["TypeError: boom"]),
    });
  });

  it("keeps its instance after an error", async () => {
    const source = "export const handler = async (fail) => { if (fail) throw new Error('boom'); return process.pid; };";
    const runner = await startRunner(source);
    const pid = await runner.invoke(false);
    await runner.invoke(true).catch(() => undefined);
    expect(await runner.invoke(false)).toBe(pid);
  });

  it("rejects with the error of an initialization that throws", async () => {
    const runner = await startRunner("throw new Error('PUSHER_KEY is missing'); export const handler = 1;");
    await expect(runner.invoke({})).rejects.toThrow("PUSHER_KEY is missing");
  });

  it("fails to warm up when its initialization throws", async () => {
    const runner = await startRunner("throw new Error('PUSHER_KEY is missing'); export const handler = 1;");
    await expect(runner.warm()).rejects.toThrow("PUSHER_KEY is missing");
  });

  it("rejects when the bundle exports no handler", async () => {
    const runner = await startRunner("export const other = 1;");
    await expect(runner.invoke({})).rejects.toMatchObject({ errorType: "Runtime.HandlerNotFound" });
  });

  it("rejects with the exit status when the process ends", async () => {
    const runner = await startRunner("export const handler = async () => process.exit(3);");
    await expect(runner.invoke({})).rejects.toMatchObject({
      errorType: "Runtime.ExitError",
      message: expect.stringMatching(/^RequestId: .+ Error: Runtime exited with error: exit status 3$/),
    });
  });

  it("rejects with an error that nobody caught", async () => {
    const source = "export const handler = () => new Promise(() => { setTimeout(() => { throw new Error('late') }) });";
    const runner = await startRunner(source);
    await expect(runner.invoke({})).rejects.toThrow("late");
  });

  it("starts afresh after a crash", async () => {
    const source = "export const handler = async (exit) => { if (exit) process.exit(1); return 'fresh'; };";
    const runner = await startRunner(source, { concurrency: 1 });
    await runner.invoke(true).catch(() => undefined);
    expect(await runner.invoke(false)).toBe("fresh");
  });

  it("is killed when its time is up", async () => {
    const runner = await startRunner("export const handler = async () => { while (true); };", { timeoutMs: 300 });
    await expect(runner.invoke({})).rejects.toMatchObject({
      errorType: "Sandbox.Timedout",
      message: expect.stringContaining("Task timed out after 0.30 seconds"),
    });
  });

  it("fails the invocation under way when its instance is killed", async () => {
    const began = Promise.withResolvers<string>();
    const source =
      "export const handler = () => { console.log('began'); return new Promise(() => setInterval(() => 0, 1000)) };";
    const runner = await startRunner(source, { onLog: began.resolve });
    const invocation = expect(runner.invoke({})).rejects.toThrow("signal: SIGKILL");
    await began.promise;
    await runner.kill();
    await invocation;
  });
});

describe("payload limits", () => {
  it("takes the largest event", async () => {
    const runner = await startRunner("export const handler = async (event) => event.length;");
    const event = "x".repeat(MAX_REQUEST_BYTES - '""'.length);
    expect(await runner.invoke(event)).toBe(event.length);
  });

  it("refuses a larger event", async () => {
    const runner = await startRunner("export const handler = async (event) => event.length;");
    const event = "x".repeat(MAX_REQUEST_BYTES - '""'.length + 1);
    await expect(runner.invoke(event)).rejects.toMatchObject({ errorType: "RequestTooLargeException" });
  });

  it("takes the largest response", async () => {
    const runner = await startRunner("export const handler = async (length) => 'x'.repeat(length);");
    const length = MAX_RESPONSE_BYTES - '""'.length;
    expect(await runner.invoke(length)).toHaveLength(length);
  });

  it("refuses a larger response", async () => {
    const runner = await startRunner("export const handler = async (length) => 'x'.repeat(length);");
    const length = MAX_RESPONSE_BYTES - '""'.length + 1;
    await expect(runner.invoke(length)).rejects.toMatchObject({ errorType: "Function.ResponseSizeTooLarge" });
  });
});

describe("logs", () => {
  it("come line by line, from both outputs", async () => {
    const lines: string[] = [];
    const source = "export const handler = () => { console.log('one\\ntwo'); console.error('three'); };";
    const runner = await startRunner(source, { onLog: (line) => lines.push(line) });
    await runner.invoke({});
    await runner.stop();
    expect(lines.toSorted()).toEqual(["one", "three", "two"]);
  });

  it("come as one record each in Lambda's JSON format", async () => {
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

describe("no process outlives", () => {
  it("the runner that is stopped", async () => {
    const lifeline = await openLifeline();
    const runner = await startRunner(`${HOLD_LIFELINE} ${PID}`, { env: lifeline.env });
    await runner.warm();
    await lifeline.begun;
    await runner.stop();
    await expect(lifeline.died).resolves.toBeUndefined();
  });

  it.each([
    ["idle", "export const handler = () => {};"],
    ["waiting", "export const handler = () => new Promise(() => setInterval(() => 0, 1000));"],
    ["caught in a loop", "export const handler = () => { while (true); };"],
  ])("a parent that is killed while its function is %s", async (_state, handler) => {
    const lifeline = await openLifeline();
    const bundlePath = await writeBundle(`${HOLD_LIFELINE} ${handler}`);
    const script = fileURLToPath(new URL("../../support/local-runner-parent.ts", import.meta.url));
    const parent = spawn(process.execPath, [script, bundlePath, JSON.stringify(lifeline.env)]);
    onTestFinished(() => {
      parent.kill("SIGKILL");
    });
    await lifeline.begun;
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await expect(lifeline.died).resolves.toBeUndefined();
  });
});

describe("a stopped runner", () => {
  it("refuses to invoke", async () => {
    const runner = await startRunner(PID);
    await runner.stop();
    await expect(runner.invoke({})).rejects.toMatchObject({ errorType: "Runner.Stopped" });
  });

  it("can be stopped again", async () => {
    const runner = await startRunner(PID);
    await runner.stop();
    await expect(runner.stop()).resolves.toBeUndefined();
  });

  it("leaves no instance that was being started", async () => {
    const runner = await startRunner(PID);
    const invocation = expect(runner.invoke({})).rejects.toMatchObject({ name: "FunctionError" });
    await runner.stop();
    await invocation;
    expect(runner.pids()).toEqual([]);
  });
});
