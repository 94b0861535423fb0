import { type BuildContext, type BuildOptions, context, formatMessages, type Message, type Plugin } from "esbuild";

const ERROR_WIDTH = 80;

/** One build after a change of a source. */
export interface FunctionBuild<Name extends string> {
  readonly name: Name;
  readonly tookMs: number;
  /** Set if the build failed; the bundle of the last successful build is still there. */
  readonly error?: string;
}

export interface WatchFunctionsDeps<Name extends string> {
  readonly names: readonly Name[];
  readonly optionsOf: (name: Name) => BuildOptions;
  readonly onRebuild: (build: FunctionBuild<Name>) => void;
}

export interface FunctionWatch {
  stop(): Promise<void>;
}

/** Builds every function, and builds one again whenever a source of it changes. Rejects if a first build fails. */
export async function watchFunctions<Name extends string>(deps: WatchFunctionsDeps<Name>): Promise<FunctionWatch> {
  const contexts: BuildContext[] = [];
  const stop = async (): Promise<void> => {
    // Ctrl-C reaches esbuild's own process too. It may have ended before this call.
    await Promise.allSettled(contexts.map((each) => each.dispose()));
  };
  try {
    await Promise.all(
      deps.names.map(async (name) => {
        const first = Promise.withResolvers<void>();
        const options: BuildOptions = { ...deps.optionsOf(name), logLevel: "silent" };
        const plugins = [...(options.plugins ?? []), reportBuilds(name, first, deps.onRebuild)];
        const watched = await context({ ...options, plugins });
        contexts.push(watched);
        await watched.watch();
        await first.promise;
      }),
    );
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Settles `first` with the first build, and reports every later one. */
function reportBuilds<Name extends string>(
  name: Name,
  first: PromiseWithResolvers<void>,
  onRebuild: (build: FunctionBuild<Name>) => void,
): Plugin {
  return {
    name: "report-builds",
    setup(build) {
      let startedAt = 0;
      let isFirst = true;
      build.onStart(() => {
        startedAt = performance.now();
      });
      build.onEnd(async ({ errors }) => {
        const tookMs = performance.now() - startedAt;
        const error = errors.length === 0 ? undefined : await describe(errors);
        if (!isFirst) onRebuild({ name, tookMs, ...(error !== undefined && { error }) });
        else if (error === undefined) first.resolve();
        else first.reject(new Error(`${name} was not built:\n${error}`));
        isFirst = false;
      });
    },
  };
}

async function describe(errors: readonly Message[]): Promise<string> {
  const texts = await formatMessages([...errors], { kind: "error", terminalWidth: ERROR_WIDTH });
  return texts.join("").trim();
}
