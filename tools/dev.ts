import { runCommand } from "@realtime-gateway/command-line";
import { ConfigError } from "@realtime-gateway/settings";
import { bundlePath } from "../functions/bundles.ts";
import { FUNCTION_NAMES, type FunctionName } from "../functions/manifest.ts";
import { runGateway, type StartedGateway } from "../packages/local/src/cli/run-gateway.ts";
import { parseStartArguments, START_HELP, type StartOptions } from "../packages/local/src/cli/start-arguments.ts";
import { bundleOptions } from "./build.ts";
import { buildConsole } from "./build-console.ts";
import { type FunctionBuild, type FunctionWatch, watchFunctions } from "./watch-functions.ts";

const DEV_HELP = `Runs the gateway like npm start -- --no-demo, and watches functions/ and packages/. After a change it builds and restarts
the functions that use the changed file. The queue, the Pusher server and all connections remain. If a build fails, the
error is printed and the old function keeps running. Flags: npm run dev -- [flags]

As for npm start:

${START_HELP}`;

async function run(options: StartOptions): Promise<number> {
  const started = Promise.withResolvers<StartedGateway>();
  let watch: FunctionWatch | undefined;
  async function build(): Promise<void> {
    await buildConsole();
    watch = await watchFunctions({
      names: FUNCTION_NAMES,
      optionsOf: (name) => ({ ...bundleOptions(name), outfile: bundlePath(name) }),
      onRebuild: async (rebuilt) => restart(await started.promise, rebuilt),
    });
  }
  try {
    return await runGateway(options, { env: process.env, build, onStarted: started.resolve });
  } finally {
    await watch?.stop();
  }
}

/** Replaces a function by its new bundle, and reports the result. */
async function restart({ stack, console }: StartedGateway, build: FunctionBuild<FunctionName>): Promise<void> {
  const { name: functionName, tookMs } = build;
  const error =
    build.error === undefined
      ? await stack
          .restartFunction(functionName)
          .then(noError, (reason) => `the new function does not start: ${reason}`)
      : `the build failed, and the old function keeps running:\n${build.error}`;
  console.rebuilt({ functionName, tookMs, ...(error !== undefined && { error }) });
}

const noError = (): undefined => undefined;

await runCommand({
  name: "dev",
  help: DEV_HELP,
  parse: (argv) => parseStartArguments(["--no-demo", ...argv]),
  run,
  isUsageError: (error) => error instanceof ConfigError,
});
