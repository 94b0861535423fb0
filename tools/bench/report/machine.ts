import { readFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, release, type } from "node:os";

/** The machine and the versions that the figures depend on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  /** Name and version of the packages that are measured. */
  readonly packages: readonly string[];
  /** ISO 8601. */
  readonly date: string;
  /** The load of other processes in the minute before. Above zero, the figures are lower bounds. */
  readonly loadAverage: number;
}

const PACKAGES = [
  "@aws-lambda-powertools/batch",
  "@aws-sdk/client-sqs",
  "esbuild",
  "express",
  "fauxqs",
  "hono",
  "pusher",
  "pusher-js",
  "serverless-http",
  "sqs-producer",
  "ws",
  "zod",
];

export async function describeMachine(now: Date): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    system: `${type()} ${release()}`,
    node: process.version,
    packages: await Promise.all(PACKAGES.map(async (name) => `${name} ${await versionOf(name)}`)),
    date: now.toISOString().slice(0, 10),
    loadAverage: loadavg()[0] ?? 0,
  };
}

/** Read from the file: not every package exports its manifest. */
async function versionOf(name: string): Promise<string> {
  const manifest = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
  const { version }: { readonly version: string } = JSON.parse(await readFile(manifest, "utf8"));
  return version;
}

export const machineLines = (machine: Machine): readonly string[] => [
  `CPU: ${machine.cpu}, ${machine.cores} cores, load average ${machine.loadAverage.toFixed(1)} before the run`,
  `System: ${machine.system}, Node ${machine.node}`,
  `Packages: ${machine.packages.join(", ")}`,
  `Date: ${machine.date}`,
];
