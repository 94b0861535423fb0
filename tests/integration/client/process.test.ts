import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const module = (name: string) => new URL(`../../../packages/client/src/${name}`, import.meta.url).href;

/** A page that never closes: one read fails again and again, and one subscription lingers. */
const SOURCE = `
import { createRealtime } from "${module("index.ts")}";
import { createTestRealtime } from "${module("testing/index.ts")}";
createRealtime({ Pusher: class { constructor() { throw new Error("connected too early"); } }, key: "key", cluster: "eu" });
const realtime = createTestRealtime({ onProblem: ({ code }) => console.log(code) });
realtime.audit("42").refetch(() => Promise.reject(new Error("no answer")));
realtime.fiche("1").onAny(() => undefined)();
`;

it("lets Node end although timers are set, and connects to nothing before the first subscription", async () => {
  const output = await new Promise<string>((resolve) => {
    const cwd = fileURLToPath(new URL("../../..", import.meta.url));
    const args = ["--input-type=module", "--eval", SOURCE];
    execFile(process.execPath, args, { cwd, timeout: 170_000 }, (error, stdout, stderr) =>
      resolve(`${error?.killed ? "never ended" : stdout}${stderr}`),
    );
  });
  expect(output).toBe("load_failed\n");
});
