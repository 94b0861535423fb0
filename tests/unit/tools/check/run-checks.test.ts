import { expect, test } from "vitest";
import { type Check, type CheckResult, runChecks } from "../../../../tools/check/run-checks.ts";

const check = (name: string): Check => ({ name, command: [name] });

function record(results: Readonly<Record<string, CheckResult>>) {
  const lines: string[] = [];
  const running = { now: 0, most: 0 };
  const run = async ({ name }: Check): Promise<CheckResult> => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    await Promise.resolve();
    running.now -= 1;
    return results[name] ?? { passed: true, output: "" };
  };
  return { lines, running, effects: { run, print: (line: string) => lines.push(line), nowMs: () => 0 } };
}

test("prints one line for each check and resolves to true when all pass", async () => {
  const { lines, effects } = record({});
  expect(await runChecks([check("lint"), check("types")], 2, effects)).toBe(true);
  expect(lines).toEqual(["ok      lint           0.0 s", "ok      types          0.0 s"]);
});

test("runs the other checks after a failure and prints its output last", async () => {
  const { lines, effects } = record({ lint: { passed: false, output: "a.ts: wrong\n" } });
  expect(await runChecks([check("lint"), check("types")], 1, effects)).toBe(false);
  expect(lines).toEqual(["FAILED  lint           0.0 s", "ok      types          0.0 s", "\n--- lint\na.ts: wrong"]);
});

test("runs no more checks at a time than allowed", async () => {
  const { running, effects } = record({});
  await runChecks(["a", "b", "c", "d", "e"].map(check), 2, effects);
  expect(running.most).toBe(2);
});
