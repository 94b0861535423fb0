import { fork, type Serializable } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface BenchProcess {
  /** One question at a time; rejects when the process ends or keeps silent. */
  ask(question: Serializable): Promise<unknown>;
  stop(): Promise<void>;
}

/** Far above the longest of runs: only a process that hangs meets it. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Starts a script that answers each message with one of its own. Its environment is what is given here, nothing else. */
export function startProcess(
  script: URL,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): BenchProcess {
  // The peers use many deprecated APIs.
  const child = fork(script, args, {
    env,
    execArgv: ["--no-deprecation"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const name = fileURLToPath(script);
  const exited = once(child, "exit");
  const died = exited.then(([code]) => Promise.reject(new Error(`${name} ended with exit status ${code}`)));
  died.catch(() => "the next question reports it");
  return {
    async ask(question) {
      const answered = once(child, "message", { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
      child.send(question);
      const [answer] = await Promise.race([answered, died]);
      return answer;
    },
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
