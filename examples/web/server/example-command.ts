import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { type Command, createStopSignal } from "@realtime-gateway/command-line";
import { EXAMPLE_HELP, type ExamplePorts, parseExampleArguments } from "./example-arguments.ts";
import { startExample } from "./start-example.ts";

/** Slow enough to watch each step, and to cut the connection between two. */
const CHANGE_MS = 900;

export interface ExampleCommandDeps {
  /** Builds the functions of the gateway. */
  build(): Promise<void>;
}

/** `npm run example` */
export const exampleCommand = ({ build }: ExampleCommandDeps): Command<ExamplePorts> => ({
  name: "example",
  help: EXAMPLE_HELP,
  parse: parseExampleArguments,
  run: async (ports) => {
    const signal = createStopSignal();
    await build();
    const example = await startExample({
      ...ports,
      nextChange: () => setTimeout(CHANGE_MS, undefined, { ref: false }),
      onLog: (line) => /"level":"(?:ERROR|WARN)"/.test(line) && console.error(line),
    });
    try {
      console.log(`Open ${example.url} and start an audit. Ctrl-C ends the example.`);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await example.stop();
    }
    return 0;
  },
});
