import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { apiOf, call } from "../../support/pusher-server.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const CLI = fileURLToPath(new URL("../../../packages/pusher-server/src/cli/pusher.ts", import.meta.url));

function run(...flags: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...flags]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit").then(([code]) => code);
  return { child, exited, stderr: text(child.stderr) };
}

async function start(...flags: readonly string[]) {
  const { child, exited } = run("--port", "0", "--json", ...flags);
  const [line] = await once(child.stdout, "data");
  const ready: { host: string; port: number; appId: string; key: string } = JSON.parse(String(line));
  return { child, exited, ready };
}

test("the command reports in one line of JSON that it is ready", async () => {
  const { ready } = await start("--app-id", "42", "--key", "k");
  const url = `http://127.0.0.1:${ready.port}`;
  expect(ready).toEqual({ ready: true, url, host: "127.0.0.1", port: ready.port, appId: "42", key: "k" });
});

test("the command serves the app of its flags", async () => {
  const { ready } = await start("--app-id", "7", "--key", "k", "--secret", "s");
  const api = apiOf(ready, { appId: "7", key: "k", secret: "s" });
  expect((await api.trigger("news", "update", {})).status).toBe(200);
});

test("a fault given on the command line strikes", async () => {
  const { ready } = await start("--app-id", "42", "--fault", '{"effect":{"kind":"answer","status":503}}');
  const answer = await call({ url: `http://${ready.host}:${ready.port}` }, "GET", "/channels");
  expect(answer.status).toBe(503);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s stops the command cleanly", async (signal) => {
  const { child, exited } = await start();
  child.kill(signal);
  expect(await exited).toBe(0);
});

test("a signal stops the command during a call without an answer", async () => {
  const { child, exited, ready } = await start("--fault", '{"effect":{"kind":"stall-body"}}');
  const { body } = await fetch(`http://${ready.host}:${ready.port}`);
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  await body?.cancel().catch(() => undefined);
});

test("the command ends when the npm that started it ends", async () => {
  const script = `"${process.execPath}" "${CLI}" --port 0 --json; true`;
  const shell = spawn("sh", ["-c", script], { env: { npm_lifecycle_event: "pusher" } });
  onTestFinished(() => void shell.kill("SIGKILL"));
  const [line] = await once(shell.stdout, "data");
  const { port }: { port: number } = JSON.parse(String(line));
  shell.kill("SIGTERM");
  await expect.poll(() => fetch(`http://127.0.0.1:${port}`).catch(() => "gone")).toBe("gone");
});

test("a mistake on the command line ends the command with exit code 2", async () => {
  expect(await run("--bogus").exited).toBe(2);
});

test("the error names every mistake and points to --help", async () => {
  const message = await run("--bogus", "--port", "x").stderr;
  expect(message).toMatch(/--bogus.*--port.*--help/);
});

test("a busy port ends the command with exit code 1", async () => {
  const { exited } = run("--port", await takenPort());
  expect(await exited).toBe(1);
});

test("the error about a busy port names the flag that changes it", async () => {
  expect(await run("--port", await takenPort()).stderr).toContain("--port");
});

test("--help ends with exit code 0", async () => {
  expect(await run("--help").exited).toBe(0);
});

async function takenPort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  return String(typeof address === "object" ? address?.port : address);
}

test("the command writes the certificate of its TLS server to a file", async () => {
  const { path, remove } = await createTemporaryFolder("certificate");
  onTestFinished(remove);
  const { ready } = await start("--tls", "--certificate-file", join(path, "server.pem"));
  const ca = await readFile(join(path, "server.pem"), "utf8");
  expect(new X509Certificate(ca).checkIP("127.0.0.1")).toBe("127.0.0.1");
  const status = await new Promise((resolve, reject) => {
    const calling = get(`https://127.0.0.1:${ready.port}/`, { ca }, (answer) => resolve(answer.resume().statusCode));
    calling.on("error", reject);
  });
  expect(status).toBe(404);
});

test("each app of the command line gets its own calls", async () => {
  const { ready } = await start("--app-id", "7", "--app", "8:k8:s8");
  const api = apiOf(ready, { appId: "8", key: "k8", secret: "s8" });
  expect((await api.trigger("news", "update", {})).status).toBe(200);
});
