import { execFile } from "node:child_process";
import { promisify } from "node:util";

type Environment = Readonly<Record<string, string>>;

/** What a script returns, run in a fresh process that knows nothing but this environment. */
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

/** Which of Node's own modules a script has loaded in the end, beside standard output's. */
export async function modulesLoadedBy(work: string, env: Environment): Promise<readonly string[]> {
  const list = await told(`process.stdout; ${work}; return process.moduleLoadList;`, env);
  return Array.isArray(list) ? list.map(String) : [];
}

/** Imports a bundle and, where there is one, has it answer an event. */
export const importing = (bundlePath: string, event?: object): string => `
  const { handler } = await import(${JSON.stringify(bundlePath)});
  ${event === undefined ? "" : `await handler(${JSON.stringify(event)}, { awsRequestId: "1" });`}
`;
