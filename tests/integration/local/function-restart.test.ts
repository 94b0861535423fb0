import { writeFile } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { createFunctionRunner } from "../../../packages/local/src/lambda/function-runner.ts";
import { writeBundle } from "../../support/local-bundle.ts";
import { openLifeline } from "../../support/local-lifeline.ts";

const returning = (text: string): string => `export const handler = async () => "${text}";`;

async function startOld(source: string, env: Readonly<Record<string, string>> = {}) {
  const bundlePath = await writeBundle(source);
  const runner = createFunctionRunner({ name: "test", env, timeoutMs: 60_000, bundlePath });
  onTestFinished(() => runner.stop());
  return { runner, change: (changed: string) => writeFile(bundlePath, changed) };
}

it("a restarted function runs its new bundle", async () => {
  const { runner, change } = await startOld(returning("old"));
  expect(await runner.invoke({})).toBe("old");

  await change(returning("new"));
  await runner.restart();

  expect(await runner.invoke({})).toBe("new");
  await expect.poll(() => runner.pids(), { timeout: 120_000 }).toHaveLength(1);
});

it("an invocation finishes on the old bundle, and its instance ends after it", async () => {
  const lifeline = await openLifeline();
  const untilClosed = `
    import { connect } from "node:net";
    export const handler = ({ wait }) => wait
      ? new Promise((resolve) => connect(Number(process.env.LIFELINE_PORT), "127.0.0.1").on("data", () => resolve("old")))
      : "old";`;
  const { runner, change } = await startOld(untilClosed, lifeline.env);
  const current = runner.invoke({ wait: true });
  await lifeline.begun;

  await change(returning("new"));
  await runner.restart();
  expect(await runner.invoke({})).toBe("new");
  lifeline.write("go on");

  expect(await current).toBe("old");
  await expect(lifeline.died).resolves.toBeUndefined();
});

it("a restart rejects if the new bundle does not initialize", async () => {
  const { runner, change } = await startOld(returning("old"));
  await runner.warm();

  await change('throw new Error("no settings");');

  await expect(runner.restart()).rejects.toThrow("no settings");
});
