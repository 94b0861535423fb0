/**
 * The process of a function, with the behaviour of Lambda's Node runtime. It asks the Runtime API for one invocation after
 * another and answers each. Usage: `bootstrap.ts <bundle>`
 */
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { createRuntimeClient, type NextInvocation } from "./client.ts";
import { describeError } from "./describe-error.ts";
import { createInvocationContext } from "./invocation-context.ts";
import { installJsonConsole } from "./json-console.ts";

// biome-ignore lint/style/noProcessEnv: Lambda configures the runtime and the function by the environment.
const env = process.env;
const runtime = createRuntimeClient(env.AWS_LAMBDA_RUNTIME_API ?? "");
let current: NextInvocation | undefined;

if (env.AWS_LAMBDA_LOG_FORMAT === "JSON") {
  const write = (line: string) => process.stdout.write(line);
  installJsonConsole({ console, write, requestId: () => current?.requestId });
}

// A function must not outlive its platform, even one that is killed.
const extension = import.meta.url.slice(import.meta.url.lastIndexOf("."));
new Worker(new URL(`./watchdog${extension}`, import.meta.url), { env: {} }).unref();
process.on("uncaughtException", (error) => crash(error, "Uncaught Exception"));
process.on("unhandledRejection", (error) => crash(error, "Unhandled Promise Rejection"));

const handler = await loadHandler(process.argv[2] ?? "");
while (true) {
  current = await runtime.next();
  env._X_AMZN_TRACE_ID = current.traceId;
  await runtime.answer(current, await handle(current));
}

async function loadHandler(bundlePath: string) {
  try {
    const { handler }: Record<string, unknown> = await import(pathToFileURL(bundlePath).href);
    if (typeof handler === "function") return handler;
    throw Object.assign(new Error("index.handler is undefined or not exported"), { name: "Runtime.HandlerNotFound" });
  } catch (error) {
    return crash(error, "Init Error");
  }
}

async function handle(invocation: NextInvocation) {
  try {
    const result: unknown = await handler(JSON.parse(invocation.payload), createInvocationContext(invocation, env));
    return { kind: "response", body: JSON.stringify(result ?? null) } as const;
  } catch (error) {
    const body = JSON.stringify(describeError(error));
    console.error(`Invoke Error ${body}`);
    return { kind: "error", body } as const;
  }
}

/** Lambda reports the error of the current invocation or of the initialization, and replaces the process. */
async function crash(error: unknown, what: string): Promise<never> {
  const body = JSON.stringify(describeError(error));
  console.error(`${what} ${body}`);
  if (current === undefined) await runtime.initError(body);
  else await runtime.answer(current, { kind: "error", body });
  process.exit(1);
}
