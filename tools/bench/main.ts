import { rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchName, HELP, parseArguments } from "./arguments.ts";
import { authBench } from "./auth/auth-bench.ts";
import type { Bench, Effort } from "./bench.ts";
import { bundleBench } from "./bundles/bundle-bench.ts";
import { coldStartBench } from "./cold-start/cold-start-bench.ts";
import { endToEndBench } from "./end-to-end/end-to-end-bench.ts";
import { localBench } from "./local/local-bench.ts";
import { pagesBench } from "./pages/pages-bench.ts";
import { buildPeers, type PeerName, peerPath } from "./peers/build.ts";
import { pipelineBench } from "./pipeline/pipeline-bench.ts";
import { producerBench } from "./producer/producer-bench.ts";
import { createProgress } from "./progress.ts";
import { pusherServerBench } from "./pusher-server/pusher-server-bench.ts";
import { relayBench } from "./relay/relay-bench.ts";
import { traceBench } from "./relay/trace-bench.ts";
import { benchmarksDocument, READING } from "./report/document.ts";
import { describeMachine, machineLines } from "./report/machine.ts";
import { plainTable, type Table } from "./report/table.ts";
import { targetsTable } from "./report/target.ts";

const BENCHES: Readonly<Record<BenchName, Bench>> = {
  bundles: bundleBench,
  "cold-start": coldStartBench,
  relay: relayBench,
  trace: traceBench,
  pipeline: pipelineBench,
  auth: authBench,
  producer: producerBench,
  "pusher-server": pusherServerBench,
  pages: pagesBench,
  local: localBench,
  "end-to-end": endToEndBench,
};
const DOCUMENT = new URL("../../docs/benchmarks.md", import.meta.url);
const IMAGES = new URL("../../docs/images/", import.meta.url);
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

async function runBenches(effort: Effort, names: readonly BenchName[], write: boolean): Promise<void> {
  const machine = await describeMachine(new Date());
  const scratchPath = await mkdtemp(join(tmpdir(), "bench-"));
  // Also when interrupted; the processes started here end by themselves once their channel closes.
  process.once("exit", () => rmSync(scratchPath, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(EXIT_INTERRUPTED));

  const progress = createProgress(process.stderr);
  await buildPeers(scratchPath);
  const pathOf = (name: PeerName) => peerPath(scratchPath, name);
  const context = { effort, scratchPath, peerPath: pathOf, progress: progress.show };
  const tables: Table[] = [];
  for (const name of names) tables.push(...(await BENCHES[name](context)));
  progress.clear();

  const all = tables.some(({ targets }) => targets) ? [targetsTable(tables), ...tables] : tables;
  console.log([...machineLines(machine), READING, "", ...all.map(plainTable)].join("\n"));
  if (write) await writePage(all, benchmarksDocument(all, machine));
}

async function writePage(tables: readonly Table[], page: string): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  for (const { figure } of tables) if (figure) await writeFile(new URL(figure.name, IMAGES), figure.svg);
  await writeFile(DOCUMENT, page);
}

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case "help":
    process.stdout.write(HELP);
    break;
  case "invalid":
    process.stderr.write(`bench: ${parsed.complaint}\n\n${HELP}`);
    process.exitCode = EXIT_USAGE;
    break;
  case "bench":
    await runBenches(parsed.effort, parsed.benches, parsed.write);
}
