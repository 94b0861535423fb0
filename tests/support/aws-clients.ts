import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Queue } from "../../packages/local/src/sqs/queue.ts";

const run = promisify(execFile);

const BOTO3_SESSION = fileURLToPath(new URL("./clients/boto3-session.py", import.meta.url));

/** Every program of this name on the machine: those of Debian's packages, and those of the path. */
function programs(name: string): readonly string[] {
  const folders = ["/usr/bin", ...(env.PATH ?? "").split(delimiter)];
  return [...new Set(folders.map((folder) => join(folder, name)))].filter((path) => existsSync(path));
}

/** The environment that the documentation shows. The region is another than the queue's own. */
export const environmentOf = ({ credentials }: Queue): Record<string, string> => ({
  PATH: env.PATH ?? "",
  HOME: env.HOME ?? "",
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_DEFAULT_REGION: "eu-west-3",
  AWS_PAGER: "",
  // A client that ignores the endpoint must not reach AWS. Nothing listens there.
  HTTPS_PROXY: "http://127.0.0.1:9",
});

async function versionOf(command: string, flags: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, flags);
    return (stdout || stderr).trim();
  } catch {
    return undefined;
  }
}

export interface InstalledProgram {
  readonly path: string;
  readonly version: string;
}

async function installed(name: string, flags: readonly string[]): Promise<readonly InstalledProgram[]> {
  const found = await Promise.all(
    programs(name).map(async (path) => ({ path, version: await versionOf(path, flags) })),
  );
  const distinct = new Map(
    found.flatMap(({ path, version }) => (version ? [[version, { path, version }] as const] : [])),
  );
  return [...distinct.values()];
}

/** Each Python that has boto3, one for each version of boto3. */
export const installedBoto3 = (): Promise<readonly InstalledProgram[]> =>
  installed("python3", ["-c", "import boto3; print(boto3.__version__)"]);

export const installedAwsCli = (): Promise<readonly InstalledProgram[]> => installed("aws", ["--version"]);

export const installedCurl = (): Promise<readonly InstalledProgram[]> => installed("curl", ["--version"]);

export const installedWget = (): Promise<readonly InstalledProgram[]> => installed("wget", ["--version"]);

export const installedBash = (): Promise<readonly InstalledProgram[]> => installed("bash", ["--version"]);

/** Uses the queue in every way, and returns what boto3 got. Rejects if a digest is wrong. */
export async function boto3Session({ path }: InstalledProgram, queue: Queue): Promise<unknown> {
  const { stdout } = await run(path, [BOTO3_SESSION, queue.queueUrl], { env: environmentOf(queue) });
  return JSON.parse(stdout);
}

/** `aws sqs …` on the local queue. Some commands answer nothing. */
export async function awsSqs({ path }: InstalledProgram, queue: Queue, flags: readonly string[]): Promise<unknown> {
  const all = ["sqs", ...flags, "--endpoint-url", queue.endpoint, "--output", "json"];
  const { stdout } = await run(path, all, { env: environmentOf(queue) });
  return stdout.trim() === "" ? undefined : JSON.parse(stdout);
}

/** Runs a snippet of the documentation. The folder of `program` is the first one in which its commands are looked up. */
export async function runSnippet(
  language: "sh" | "bash" | "python",
  source: string,
  variables: Readonly<Record<string, string>>,
  program: string | undefined,
): Promise<void> {
  const PATH = program === undefined ? variables.PATH : `${dirname(program)}${delimiter}${variables.PATH}`;
  const command = language === "python" ? (program ?? "python3") : language;
  const flags = language === "python" ? [] : ["-eu"];
  await run(command, [...flags, "-c", source], { env: { ...variables, PATH } });
}
