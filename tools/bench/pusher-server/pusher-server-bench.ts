import { fileURLToPath, pathToFileURL } from "node:url";
import Pusher from "pusher";
import { buildPackage } from "../../pack/pack.ts";
import { RECIPES } from "../../pack/recipes.ts";
import type { Bench } from "../bench.ts";
import { startProcess } from "../measure/bench-process.ts";
import { interleave } from "../measure/interleave.ts";
import { comparison } from "../report/comparison.ts";
import { ratioBetween, target } from "../report/target.ts";

const SETTINGS = {
  quick: { connections: 1_000, messages: 20, rounds: 3 },
  full: { connections: 10_000, messages: 10, rounds: 7 },
} as const;
const MAX_CPU_RATIO = 1.5;
const WARM_UP_RUNS = 2;

const OURS = "`@realtime-gateway/pusher-server`";
const MINIMAL = "a minimal `ws` server";
const CHANNEL = "bench";
/** An event of the usual size: about 500 bytes. */
const DATA = { audit_id: "42", text: "x".repeat(450) };
const FRAME = JSON.stringify({ event: "update", channel: CHANNEL, data: JSON.stringify(DATA) });
const SUBSCRIBE = JSON.stringify({ event: "pusher:subscribe", data: { channel: CHANNEL } });

const BUILT = fileURLToPath(new URL("../../../dist/packages/pusher-server/", import.meta.url));
const PACKAGE = pathToFileURL(`${BUILT}dist/index.js`).href;
const SERVE = new URL("./serve-process.ts", import.meta.url);
const CLIENTS = new URL("./clients-process.ts", import.meta.url);

interface ServerState {
  readonly port: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

interface Broadcast {
  readonly frames: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMb: number;
}

/** The CPU time that one frame takes in a server with many connections on one channel. */
export const pusherServerBench: Bench = async ({ effort, progress }) => {
  for (const recipe of RECIPES.filter(({ folder }) => folder === "pusher-server")) await buildPackage(recipe, BUILT);
  const { connections, messages, rounds } = SETTINGS[effort];
  progress(`pusher-server: ${connections} connections to each server`);
  const load = { connections, messages };
  const contenders = [await contender(MINIMAL, "minimal", load), await contender(OURS, "ours", load)];
  try {
    for (let run = 0; run < WARM_UP_RUNS; run += 1) for (const { measure } of contenders) await measure();
    const trials = await interleave(contenders, rounds, (round) =>
      progress(`pusher-server: round ${round} of ${rounds}`),
    );
    const measured = ratioBetween(trials, OURS, MINIMAL, cpuPerFrame);
    return [
      comparison(
        {
          title: "Pusher server",
          note: `${messages} events of about 500 bytes a round, each to ${connections} connections on one channel. The events come over HTTP, with a signature for ours. CPU of the server's process.`,
          targets: [target({ what: "pusher-server: CPU a frame, to `ws`", measured, atMost: MAX_CPU_RATIO })],
        },
        trials,
        [
          { name: "CPU µs a frame", of: (run) => 1000 * cpuPerFrame(run) },
          { name: "frames/s", of: ({ frames, wallMs }) => (1000 * frames) / wallMs },
          { name: "peak MB", of: ({ peakMb }) => peakMb },
        ],
      ),
    ];
  } finally {
    await Promise.all(contenders.map(({ stop }) => stop()));
  }
};

const cpuPerFrame = ({ frames, cpuMs }: Broadcast): number => cpuMs / frames;

/** A server with its clients, each in a process of its own. */
async function contender(
  name: string,
  kind: "ours" | "minimal",
  { connections, messages }: { readonly connections: number; readonly messages: number },
) {
  const server = startProcess(SERVE, [kind, PACKAGE]);
  const { port } = stateOf(await server.ask("state"));
  const isOurs = kind === "ours";
  const path = isOurs ? "app/local-key?protocol=7" : "";
  const clients = startProcess(CLIENTS, [
    `ws://127.0.0.1:${port}/${path}`,
    String(connections),
    ...(isOurs ? [SUBSCRIBE] : []),
  ]);
  await clients.ask(0);
  const publish = isOurs ? publisherTo(port) : () => fetch(`http://127.0.0.1:${port}`, { method: "POST", body: FRAME });
  return {
    name,
    async measure(): Promise<Broadcast> {
      const before = stateOf(await server.ask("state"));
      const startedAt = performance.now();
      const frames = connections * messages;
      const arrived = clients.ask(frames);
      for (let message = 0; message < messages; message += 1) await publish();
      if ((await arrived) !== frames) throw new Error(`${name} delivered ${await arrived} frames instead of ${frames}`);
      const wallMs = performance.now() - startedAt;
      const after = stateOf(await server.ask("state"));
      return { frames, wallMs, cpuMs: after.cpuMs - before.cpuMs, peakMb: after.peakMb };
    },
    stop: () => Promise.all([server.stop(), clients.stop()]),
  };
}

function publisherTo(port: number): () => Promise<unknown> {
  const app = { appId: "1000", key: "local-key", secret: "local-secret" };
  const pusher = new Pusher({ ...app, host: "127.0.0.1", port: String(port), useTLS: false });
  return () => pusher.trigger(CHANNEL, "update", DATA);
}

function stateOf(value: unknown): ServerState {
  const { port, cpuMs, peakMb }: Partial<ServerState> = Object(value);
  if (typeof port !== "number" || typeof cpuMs !== "number" || typeof peakMb !== "number")
    throw new TypeError(`the server answered ${JSON.stringify(value)}`);
  return { port, cpuMs, peakMb };
}
