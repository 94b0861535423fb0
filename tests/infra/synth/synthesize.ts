import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startAwsStandIn } from "./aws-stand-in.ts";
import type { AccountBefore } from "./provider-mocks.ts";
import { REGION, type Synthesis } from "./synthesis.ts";

export const PROJECT_ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PULUMI = fileURLToPath(new URL("pulumi.ts", import.meta.url));

/** In the first run, npm downloads about 300 MB. */
const TIMEOUT_MS = 5 * 60 * 1000;

/** The input of a synthesis. */
export interface StageInput {
  readonly stage: string;
  readonly env: Readonly<Record<string, string>>;
  /** Values by SST's names of the secrets. */
  readonly secrets: Readonly<Record<string, string>>;
  /** As `sst dev` deploys it. */
  readonly dev?: boolean;
  /** `eu-west-1` by default. */
  readonly region?: typeof REGION | "us-east-1" | "none";
  /** SST has never run in the region. */
  readonly firstRun?: boolean;
  /** By default an account without queues, and with Lambda's usual quota. */
  readonly account?: AccountBefore | undefined;
}

export interface CliRun {
  readonly exitCode: number | null;
  /** Everything that the command line printed. */
  readonly output: string;
  /** `undefined` if the command line did not run the program. */
  readonly synthesis: Synthesis | undefined;
  /** The IAM actions that SST used. */
  readonly actions: readonly string[];
}

const USUAL_ACCOUNT: AccountBefore = { queueUrls: [], concurrency: 1_000 };

/** Runs the real `sst secret load` and `sst diff` on this machine. Two runs in one project must not overlap: they share `.sst`. */
export async function synthesize(input: StageInput, root = PROJECT_ROOT): Promise<CliRun> {
  const { stage, env, secrets, dev = false, region = REGION, firstRun = false } = input;
  const account = "account" in input ? input.account : USUAL_ACCOUNT;
  const aws = await startAwsStandIn(firstRun);
  const home = await mkdtemp(join(tmpdir(), "sst-"));
  const file = join(home, "synthesis.json");
  try {
    const cliEnv = {
      ...environment(home),
      ...(region !== "none" && { AWS_REGION: region }),
      SYNTHESIS_ACCOUNT: JSON.stringify({ account }),
      SST_PULUMI_PATH: await writePulumi(home),
      SYNTHESIS_FILE: file,
      AWS_ENDPOINT_URL: aws.url,
    };
    const secretsFile = await writeSecrets(home, secrets);
    const loaded = await runCli(root, ["secret", "load", secretsFile, "--stage", stage], cliEnv);
    if (loaded.exitCode !== 0) return { ...loaded, synthesis: undefined, actions: [...aws.actions] };
    const run = await runCli(root, ["diff", "--stage", stage, ...(dev ? ["--dev"] : [])], { ...cliEnv, ...env });
    return { ...run, synthesis: await readSynthesis(file), actions: [...aws.actions] };
  } finally {
    await aws.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function writeSecrets(home: string, secrets: StageInput["secrets"]): Promise<string> {
  const file = join(home, "secrets.env");
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(file, lines.join(""));
  return file;
}

/** SST also looks for Pulumi here, and would download it. */
async function writePulumi(home: string): Promise<string> {
  const file = join(home, "sst/bin/pulumi");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${PULUMI}' "$@"\n`, { mode: 0o755 });
  return file;
}

/** SST installs its platform with npm, which needs proxies, certificates and the user's settings. */
const FOR_NPM = /^(?:HOME|USERPROFILE|npm_config_.+|(?:https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR))$/i;

/** Excludes the AWS account and the gateway's variables of this machine. */
const environment = (home: string): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = ""]) => (FOR_NPM.test(name) ? [[name, value]] : [])),
  ),
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  XDG_CONFIG_HOME: home,
  // SST writes a log for each command there.
  TMPDIR: home,
  // Without these, SST downloads Pulumi and Bun.
  SST_SKIP_DEPENDENCY_CHECK: "1",
  NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  AWS_ACCESS_KEY_ID: "stand-in",
  AWS_SECRET_ACCESS_KEY: "stand-in",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: join(home, "none"),
  AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
});

async function runCli(root: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(join(root, "node_modules/.bin/sst"), [...args, "--print-logs"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => printed.push(bytes));
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  return { exitCode, output: Buffer.concat(printed).toString() };
}

async function readSynthesis(file: string): Promise<Synthesis | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
