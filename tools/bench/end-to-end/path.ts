import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PusherTarget } from "@realtime-gateway/local";
import { startPoller } from "../../../packages/local/src/event-source/poller.ts";
import { createSqsSource } from "../../../packages/local/src/event-source/source.ts";
import { createFunctionRunner } from "../../../packages/local/src/lambda/function-runner.ts";
import { startQueue } from "../../../packages/local/src/sqs/queue.ts";
import { queueSender, type Sender } from "./senders.ts";

export interface PathOptions {
  readonly name: string;
  /** The relay's bundle. */
  readonly bundlePath: string;
  readonly pusher: PusherTarget;
  readonly scratchPath: string;
  /** The poller has the event. */
  onReceive(atMs: number): void;
  /** The relay has it. */
  onEnter(atMs: number): void;
}

/** A queue, a poller and a relay of its own, on the way to the same Pusher. */
export interface Path extends Sender {
  stop(): Promise<void>;
}

const TIMEOUT_MS = 30_000;

export async function startPath(options: PathOptions): Promise<Path> {
  const { name, bundlePath, pusher, scratchPath, onReceive, onEnter } = options;
  const queue = await startQueue({ port: 0 });
  const runner = createFunctionRunner({
    name,
    bundlePath: await clocked(name, bundlePath, scratchPath),
    env: { ...pusher.env, REALTIME_DLQ_URL: queue.deadLetterQueueUrl },
    timeoutMs: TIMEOUT_MS,
    logFormat: "JSON",
    onLog(line) {
      if (line.startsWith(ENTERED)) onEnter(Number(line.slice(ENTERED.length)) - performance.timeOrigin);
    },
  });
  await runner.warm();
  const poller = startPoller({
    source: createSqsSource(queue),
    invoke: (event) => runner.invoke(event),
    onInvoke: () => onReceive(performance.now()),
  });
  const sender = queueSender(queue);
  return {
    send: sender.send,
    async stop() {
      sender.close();
      await poller.stop();
      await runner.stop();
      await queue.stop();
    },
  };
}

const ENTERED = "entered at ";

/** A function that first reports the time of its call, by the clock that the machine's processes share. */
async function clocked(name: string, bundlePath: string, scratchPath: string): Promise<string> {
  const path = join(scratchPath, `clocked-${name}.mjs`);
  await writeFile(
    path,
    `import { handler as relay } from ${JSON.stringify(pathToFileURL(bundlePath).href)};
export function handler(event, context) {
  process.stdout.write("${ENTERED}" + (performance.timeOrigin + performance.now()) + "\\n");
  return relay(event, context);
}
`,
  );
  return path;
}
