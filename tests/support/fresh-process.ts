import { execFile } from "node:child_process";
import { promisify } from "node:util";

type Environment = Readonly<Record<string, string>>;

/** Runs a script in a fresh process with only this environment, and returns the script's result. */
export async function told(work: string, env: Environment): Promise<unknown> {
  const script = `
    const result = await (async () => { ${work} })();
    process.stdout.write("\\n" + JSON.stringify(result) + "\\n", () => process.exit());
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    env,
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

/** Lists Node's own modules that a script has loaded, without those of standard output. */
export async function modulesLoadedBy(work: string, env: Environment): Promise<readonly string[]> {
  const list = await told(`process.stdout; ${work}; return process.moduleLoadList;`, env);
  return Array.isArray(list) ? list.map(String) : [];
}

/** A script that imports a bundle and, if there is an event, invokes its handler. */
export const importing = (bundlePath: string, event?: object): string => `
  const { handler } = await import(${JSON.stringify(bundlePath)});
  ${event === undefined ? "" : `await handler(${JSON.stringify(event)}, { awsRequestId: "1" });`}
`;
