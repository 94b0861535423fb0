/**
 * One start: `start-process.ts ours|floor <package> <fauxqs>`. It answers its first message with the time from the start of the process
 * until everything listens, and ours also with the times of a hundred resets.
 */
import { WebSocketServer } from "ws";

const [kind = "floor", packageUrl = "", fauxqsUrl = ""] = process.argv.slice(2);
const TESTS = 100;

async function measureOurs() {
  const { startGateway }: typeof import("@realtime-gateway/local") = await import(packageUrl);
  const gateway = await startGateway();
  const startMs = performance.now();
  const resetsMs: number[] = [];
  for (let test = 0; test < TESTS; test += 1) {
    const { id } = await gateway.send("notification", { type: "info", message: `test ${test}` });
    await gateway.waitFor({ id }, { timeoutMs: 30_000 });
    const before = performance.now();
    await gateway.reset();
    resetsMs.push(performance.now() - before);
  }
  await gateway.close();
  return { startMs, resetsMs };
}

/** The unavoidable parts: a queue and a server of WebSockets. */
async function measureFloor() {
  const { startFauxqs } = await import(fauxqsUrl);
  const [queue, sockets] = [await startFauxqs({ port: 0, logger: false }), new WebSocketServer({ port: 0 })];
  await new Promise((resolve) => sockets.once("listening", resolve));
  const startMs = performance.now();
  sockets.close();
  await queue.stop();
  return { startMs, resetsMs: [] };
}

process.on("message", async () => {
  process.send?.(await (kind === "ours" ? measureOurs() : measureFloor()));
});
