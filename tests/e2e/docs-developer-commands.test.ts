import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { blocksToRun } from "../support/doc-proofs.ts";
import { openDocShell } from "../support/doc-shell.ts";
import { ROOT } from "../support/shell.ts";

/** The commands of README.md and examples/README.md. */
const block = blocksToRun("tests/e2e/docs-developer-commands.test.ts", {
  server: "--app-id 1000",
  imports: "find app lib",
});

it("the docs' command for a Pusher server starts one", async () => {
  const { start } = await openDocShell();
  await start(block("server").replace("--port 6001", "--port 0"), "Pusher server ready");
});

it("the docs' command for the Next.js example removes the ending of each import", async () => {
  const { path, run, read } = await openDocShell();
  await cp(join(ROOT, "examples/nextjs"), path, { recursive: true });
  const route = "app/api/pusher/auth/route.ts";
  expect(await readFile(join(ROOT, "examples/nextjs", route), "utf8")).toMatch(/from "\.[^"]+\.ts"/);
  await run(block("imports"));
  expect(await read(route)).not.toMatch(/from "\.[^"]+\.ts"/);
});
