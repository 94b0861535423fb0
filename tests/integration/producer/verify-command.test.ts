import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

async function verify(args: readonly string[], input = "") {
  const child = spawn(process.execPath, ["packages/producer/src/cli/main.ts", "verify", ...args], { cwd: ROOT });
  child.stdin.end(input);
  const code = new Promise((resolve) => child.once("close", resolve));
  const [exitCode, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { exitCode, stdout, stderr };
}

it("a valid message ends with 0", async () => {
  const { exitCode, stdout } = await verify(["tests/fixtures/messages/valid/legacy.json"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("✔ audit.progress") });
});

it("a rejected message of standard input ends with 1, with its verdict as JSON", async () => {
  const { exitCode, stdout } = await verify(["-", "--json"], "{}");
  expect({ exitCode, verdict: JSON.parse(stdout) }).toMatchObject({ exitCode: 1, verdict: { valid: false } });
});

it("a file that does not exist ends with 2", async () => {
  const { exitCode, stderr } = await verify(["no-such-file.json"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "verify: no-such-file.json cannot be read\n" });
});
