import crypto from "node:crypto";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type AccountBefore, createProviderMocks } from "./provider-mocks.ts";
import { type MonitorClass, plainOutputs, recordResources } from "./record-resources.ts";
import type { Synthesis } from "./synthesis.ts";

/** The members of the platform's `@pulumi/pulumi` that the tests call. The program uses the same copy. */
interface Pulumi {
  readonly runtime: {
    setMocks(mocks: object, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
  };
  output(value: unknown): { promise(withUnknowns: boolean): Promise<unknown> };
}

const TIMEOUT_MS = 120_000;
/** The program has ended when it registered nothing for this long. */
const QUIET_MS = 400;
const QUIET_CHECK_MS = 100;

export interface Program {
  /** The bundle that SST made of `sst.config.ts`. */
  readonly main: string;
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly account: AccountBefore | undefined;
}

/** Runs the program against Pulumi's mocks. */
export async function runProgram({ main, app, stage, region, account }: Program): Promise<Synthesis> {
  pinRandomNames();
  const ofPlatform = createRequire(main);
  const pulumi: Pulumi = ofPlatform("@pulumi/pulumi");
  const { MockMonitor }: { MockMonitor: MonitorClass } = ofPlatform("@pulumi/pulumi/runtime/mocks");
  const resources = recordResources(MockMonitor);
  const errors = new Set<string>();
  const fail = (error: unknown): void => void errors.add(error instanceof Error ? error.message : String(error));
  process.on("unhandledRejection", fail).on("uncaughtException", fail);
  await pulumi.runtime.setMocks(createProviderMocks(region, account), app, stage, false);
  let outputs: unknown;
  const run = pulumi.runtime.runInPulumiStack(async () => {
    const program: { readonly default: unknown } = await import(pathToFileURL(main).href);
    outputs = await pulumi.output(program.default).promise(false);
    return outputs;
  });
  const timeout = sleep(TIMEOUT_MS, undefined, { ref: false }).then(() => fail(new Error("the program does not end")));
  await Promise.race([run.then(() => untilQuiet(resources), fail), timeout]);
  const byUrn = [...resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return { stage, outputs: plainOutputs(outputs), errors: [...errors], resources: byUrn };
}

/** SST appends eight random bytes to the names of resources. Two syntheses must be equal. */
function pinRandomNames(): void {
  const { randomBytes } = crypto;
  const pinned = (size: number, callback?: (error: Error | null, bytes: Buffer) => void) =>
    callback ? randomBytes(size, callback) : size === 8 ? Buffer.alloc(size, 7) : randomBytes(size);
  Object.assign(crypto, { randomBytes: pinned });
}

/** `apply` may register resources after the program has ended. */
async function untilQuiet(resources: ReadonlyMap<string, unknown>): Promise<void> {
  let quietSince = performance.now();
  for (let size = -1; performance.now() - quietSince < QUIET_MS; await sleep(QUIET_CHECK_MS)) {
    if (resources.size !== size) quietSince = performance.now();
    size = resources.size;
  }
}
