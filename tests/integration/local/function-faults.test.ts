import { describe, expect, it } from "vitest";
import { startRunner } from "../../support/local-bundle.ts";

/** Lambda's limits: 6 MiB for an event, 100 bytes more for a response. */
const MAX_REQUEST_BYTES = 6_291_456;
const MAX_RESPONSE_BYTES = 6_291_556;

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

  it("rejects with an uncaught error", async () => {
    const source = "export const handler = () => new Promise(() => { setTimeout(() => { throw new Error('late') }) });";
    const runner = await startRunner(source);
    await expect(runner.invoke({})).rejects.toThrow("late");
  });

  it("starts a new process after a crash", async () => {
    const source = "export const handler = async (exit) => { if (exit) process.exit(1); return 'fresh'; };";
    const runner = await startRunner(source, { concurrency: 1 });
    await runner.invoke(true).catch(() => undefined);
    expect(await runner.invoke(false)).toBe("fresh");
  });

  it("is killed at its timeout", async () => {
    const runner = await startRunner("export const handler = async () => { while (true); };", { timeoutMs: 300 });
    await expect(runner.invoke({})).rejects.toMatchObject({
      errorType: "Sandbox.Timedout",
      message: expect.stringContaining("Task timed out after 0.30 seconds"),
    });
  });

  it("fails the current invocation when its instance is killed", async () => {
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
  it("allow the largest event", async () => {
    const runner = await startRunner("export const handler = async (event) => event.length;");
    const event = "x".repeat(MAX_REQUEST_BYTES - '""'.length);
    expect(await runner.invoke(event)).toBe(event.length);
  });

  it("reject a larger event", async () => {
    const runner = await startRunner("export const handler = async (event) => event.length;");
    const event = "x".repeat(MAX_REQUEST_BYTES - '""'.length + 1);
    await expect(runner.invoke(event)).rejects.toMatchObject({ errorType: "RequestTooLargeException" });
  });

  it("allow the largest response", async () => {
    const runner = await startRunner("export const handler = async (length) => 'x'.repeat(length);");
    const length = MAX_RESPONSE_BYTES - '""'.length;
    expect(await runner.invoke(length)).toHaveLength(length);
  });

  it("reject a larger response", async () => {
    const runner = await startRunner("export const handler = async (length) => 'x'.repeat(length);");
    const length = MAX_RESPONSE_BYTES - '""'.length + 1;
    await expect(runner.invoke(length)).rejects.toMatchObject({ errorType: "Function.ResponseSizeTooLarge" });
  });
});
