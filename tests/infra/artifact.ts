import { fileURLToPath } from "node:url";
import { type Fault, startPusherServer } from "@realtime-gateway/pusher-server";
import { onTestFinished } from "vitest";
import { createFunctionRunner, type FunctionRunner } from "../../packages/local/src/lambda/function-runner.ts";
import { type Deployed, functionOf } from "./deployed.ts";
import { STAGES, type StageName } from "./stages.ts";

/** The folder that SST's bundler wrote for a function and would upload. */
export const artifactFolder = (logicalName: string): string =>
  fileURLToPath(new URL(`../../.sst/artifacts/${logicalName}-src/`, import.meta.url));

export interface Artifact extends FunctionRunner {
  /** Every line that the function wrote. */
  readonly lines: readonly string[];
  /** The lines with JSON, parsed as CloudWatch would. */
  records(): readonly unknown[];
}

/** Runs the artifact as Lambda would. `env` overrides the environment of the synthesized function. */
export function startArtifact(stage: Deployed, logicalName: string, env: Readonly<Record<string, string>>): Artifact {
  const { name, handler, timeout, memorySize, environment } = functionOf(stage, logicalName);
  // The local runtime calls `handler` of the file it is given.
  const [file = "", exported] = handler.split(".");
  if (exported !== "handler") throw new Error(`the local runtime calls "handler", not ${handler}`);
  const lines: string[] = [];
  const runner = createFunctionRunner({
    name,
    bundlePath: `${artifactFolder(logicalName)}${file}.mjs`,
    env: { ...environment.variables, ...env },
    timeoutMs: timeout * 1000,
    memoryMb: memorySize,
    region: "eu-west-1",
    logFormat: "JSON",
    onLog: (line) => lines.push(line),
  });
  onTestFinished(() => runner.stop());
  const records = (): readonly unknown[] =>
    lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  return { ...runner, lines, records };
}

/** A Pusher server with the stage's own app, and the variables that point the functions to it. */
export async function startPusherOf(name: StageName, faults: readonly Fault[] = []) {
  const { env } = STAGES[name];
  const server = await startPusherServer({
    apps: [{ appId: "1000", key: env.PUSHER_KEY, secret: "dummy-secret" }],
    faults,
  });
  onTestFinished(() => server.close());
  return { env: { PUSHER_HOST: server.host, PUSHER_PORT: String(server.port), PUSHER_SCHEME: "http" } };
}
