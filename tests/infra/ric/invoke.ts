import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startRuntimeApi } from "../../../packages/local/src/lambda/runtime-api.ts";

export interface RicTarget {
  /** Gets each line that the function writes. */
  readonly onLine: (line: string) => void;
  /** `index.mjs` of the runtime interface client. */
  readonly entry: string;
  readonly folder: string;
  readonly name: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the function under AWS's own client, passes it one event, and returns its answer. */
export async function invokeUnderRic(target: RicTarget, event: unknown): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (failure: { readonly errorMessage: string }): void => reject(new Error(failure.errorMessage));
  const api = await startRuntimeApi({
    onNext: () => undefined,
    onInitError: fail,
    onResponse: (_, payload) => resolve(payload),
    onError: (_, failure) => fail(failure),
  });
  const child = spawn(process.execPath, [target.entry, target.handler], {
    cwd: target.folder,
    env: { ...target.env, ...lambdaEnvironment(target, api.address) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", target.onLine);
  const written = once(lines, "close");
  child.on("exit", (code) => fail({ errorMessage: `the client exited with ${code}` }));
  const timer = setTimeout(() => fail({ errorMessage: "no answer in time" }), target.timeoutMs);
  const functionArn = `arn:aws:lambda:eu-west-1:123456789012:function:${target.name}`;
  const deadlineMs = Date.now() + target.timeoutMs;
  api.send({ requestId: randomUUID(), functionArn, deadlineMs, payload: JSON.stringify(event) });
  try {
    return JSON.parse(await promise);
  } finally {
    clearTimeout(timer);
    child.kill();
    await written;
    await api.close();
  }
}

const lambdaEnvironment = ({ folder, name, handler }: RicTarget, runtimeApi: string): Record<string, string> => ({
  PATH: "/usr/local/bin:/usr/bin:/bin",
  AWS_REGION: "eu-west-1",
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_FORMAT: "JSON",
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: "local",
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  LAMBDA_TASK_ROOT: folder,
  _HANDLER: handler,
});
