/** A service that sends: `send-process.ts <way> <events> <endpoint> <producer>`. Each message starts a run. */
import { SQSClient } from "@aws-sdk/client-sqs";
import { type BenchEvents, benchPayload, WAYS, type WayName } from "./ways.ts";

const [way = "handPacked", count = "0", endpoint = "", producerUrl = ""] = process.argv.slice(2);
const isWay = (name: string): name is WayName => name in WAYS;
if (!isWay(way)) throw new RangeError(`no way is called ${way}`);

const client = new SQSClient({
  endpoint,
  region: "eu-west-3",
  credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  maxAttempts: 1,
});
const events: BenchEvents = Array.from({ length: Number(count) }, (_, index) => [
  "audit.progress",
  benchPayload(index),
]);
const options = { client, queueUrl: `${endpoint}/1/domain-events`, concurrency: 8, producerUrl };

process.on("message", () => void run());

async function run(): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const taken = await WAYS[way as WayName](events, options);
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  process.send?.({ taken, wallMs, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 });
}
