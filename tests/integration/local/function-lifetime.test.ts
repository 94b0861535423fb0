import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { startRunner, writeBundle } from "../../support/local-bundle.ts";
import { HOLD_LIFELINE, openLifeline } from "../../support/local-lifeline.ts";

const PID = "export const handler = async () => process.pid;";

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
  it("rejects an invocation", async () => {
    const runner = await startRunner(PID);
    await runner.stop();
    await expect(runner.invoke({})).rejects.toMatchObject({ errorType: "Runner.Stopped" });
  });

  it("can be stopped again", async () => {
    const runner = await startRunner(PID);
    await runner.stop();
    await expect(runner.stop()).resolves.toBeUndefined();
  });

  it("ends an instance that is starting", async () => {
    const runner = await startRunner(PID);
    const invocation = expect(runner.invoke({})).rejects.toMatchObject({ name: "FunctionError" });
    await runner.stop();
    await invocation;
    expect(runner.pids()).toEqual([]);
  });
});
