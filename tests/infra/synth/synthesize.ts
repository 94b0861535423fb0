import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StageToBe } from "../stages.ts";
import { startAwsStandIn } from "./aws-stand-in.ts";
import { REGION, type Synthesis } from "./synthesis.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PULUMI = fileURLToPath(new URL("pulumi.ts", import.meta.url));

/** The first run has npm fetch some 300 MB. */
const TIMEOUT_MS = 5 * 60 * 1000;

export interface CliRun {
  readonly exitCode: number | null;
  /** All that the command line printed. */
  readonly output: string;
  /** Nothing, when it did not come to run the program. */
  readonly synthesis: Synthesis | undefined;
}

/** Runs the real `sst secret load` and `sst diff` on this machine alone. Not two at once: they share `.sst`. */
export async function synthesize({ stage, env, secrets }: StageToBe): Promise<CliRun> {
  const aws = await startAwsStandIn();
  const home = await mkdtemp(join(tmpdir(), "sst-"));
  const file = join(home, "synthesis.json");
  try {
    const cliEnv = {
      ...environment(home),
      SST_PULUMI_PATH: await writePulumi(home),
      SYNTHESIS_FILE: file,
      AWS_ENDPOINT_URL: aws.url,
    };
    const loaded = await runCli(["secret", "load", await writeSecrets(home, secrets), "--stage", stage], cliEnv);
    if (loaded.exitCode !== 0) return { ...loaded, synthesis: undefined };
    const run = await runCli(["diff", "--stage", stage], { ...cliEnv, ...env });
    return { ...run, synthesis: await readSynthesis(file) };
  } finally {
    await aws.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function writeSecrets(home: string, secrets: StageToBe["secrets"]): Promise<string> {
  const file = join(home, "secrets.env");
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(file, lines.join(""));
  return file;
}

/** SST looks for Pulumi here too, and would download it. */
async function writePulumi(home: string): Promise<string> {
  const file = join(home, "sst/bin/pulumi");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${PULUMI}' "$@"\n`, { mode: 0o755 });
  return file;
}

/** How npm finds its registry, as SST's platform is npm's: proxies, certificates, the user's own settings. */
const FOR_NPM = /^(?:HOME|USERPROFILE|npm_config_.+|(?:https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR))$/i;

/** Nothing else of this machine's: neither its account nor what is in its environment for the gateway. */
const environment = (home: string): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = ""]) => (FOR_NPM.test(name) ? [[name, value]] : [])),
  ),
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  XDG_CONFIG_HOME: home,
  // No downloads of Pulumi and Bun: what the platform needs is npm's.
  SST_SKIP_DEPENDENCY_CHECK: "1",
  NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: "stand-in",
  AWS_SECRET_ACCESS_KEY: "stand-in",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: join(home, "none"),
  AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
});

async function runCli(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(join(ROOT, "node_modules/.bin/sst"), args, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  const heard: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => heard.push(bytes));
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  return { exitCode, output: Buffer.concat(heard).toString() };
}

async function readSynthesis(file: string): Promise<Synthesis | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
