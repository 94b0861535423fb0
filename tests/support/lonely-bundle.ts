import { spawn } from "node:child_process";
import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import type { FunctionName } from "@realtime-gateway/functions/manifest";
import { createTemporaryFolder } from "./temporary-folder.ts";

export interface BundleRun {
  readonly exitCode: number | null;
  /** The handler's answers, in the order of the events. */
  readonly answers: readonly unknown[];
  /** The names that the module exports; none if it did not load. */
  readonly exported: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  /** The files in the folder after the run. */
  readonly files: readonly string[];
}

/** Imports the bundle, invokes its handler with one event after another, and ends. It hangs if the bundle leaves something running. */
const RUNNER = `
  const module = await import(process.argv[1]);
  process.send({ exported: Object.keys(module) });
  process.on("message", async (events) => {
    const answers = [];
    for (const event of events) answers.push(await module.handler(event, { awsRequestId: "lambda-request-1" }));
    process.send({ answers });
    process.disconnect();
  });
`;

/** Runs a built bundle in a folder that holds it and nothing else, with that environment and no other. */
export async function runBundle(
  name: FunctionName,
  env: Readonly<Record<string, string>>,
  events: readonly unknown[] = [],
): Promise<BundleRun> {
  const { path: folder, remove } = await createTemporaryFolder("lonely-bundle");
  try {
    const file = join(folder, "index.mjs");
    await copyFile(bundlePath(name), file);
    const child = spawn(process.execPath, ["--input-type=module", "--eval", RUNNER, file], {
      cwd: folder,
      env: { ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const told: { answers?: readonly unknown[]; exported?: readonly string[] } = {};
    child.on("message", (message) => {
      Object.assign(told, message);
      if (told.answers === undefined) child.send([...events]);
    });
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const [exitCode, stdout, stderr] = await Promise.all([exited, read(child.stdout), read(child.stderr)]);
    const { answers = [], exported = [] } = told;
    return { exitCode, answers, exported, stdout, stderr, files: await readdir(folder) };
  } finally {
    await remove();
  }
}

const read = (stream: Readable | null): Promise<string> | string => (stream === null ? "" : text(stream));
