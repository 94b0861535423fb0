import {
  type LoadedFunction,
  type LoadedFunctionOptions,
  type LoadRun,
  loadFunction,
  writeEvents,
} from "./loaded-function.ts";

export interface FleetOptions extends Omit<LoadedFunctionOptions, "eventsPath"> {
  readonly instances: number;
  readonly events: readonly unknown[];
  /** Where the instances read their events from. */
  readonly scratchPath: string;
  readonly name: string;
}

/** Instances of a function that work side by side, as Lambda's do: each in a process of its own, one event at a time. */
export async function loadFleet({
  instances,
  events,
  scratchPath,
  name,
  ...options
}: FleetOptions): Promise<LoadedFunction> {
  const paths = await Promise.all(
    Array.from({ length: instances }, (_, instance) =>
      writeEvents(
        scratchPath,
        `${name}-${instance}`,
        events.filter((_, index) => index % instances === instance),
      ),
    ),
  );
  const fleet = paths.map((eventsPath) => loadFunction({ ...options, eventsPath }));
  return {
    run: async () => together(await Promise.all(fleet.map((instance) => instance.run()))),
    async stop() {
      await Promise.all(fleet.map((instance) => instance.stop()));
    },
  };
}

/** They begin at the same time: what the slowest takes is what all of them take. */
const together = (runs: readonly LoadRun[]): LoadRun => ({
  wallMs: Math.max(...runs.map(({ wallMs }) => wallMs)),
  cpuMs: runs.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  peakMb: Math.max(...runs.map(({ peakMb }) => peakMb)),
  answers: runs.flatMap(({ answers }) => answers),
});
