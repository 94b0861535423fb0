import type { EverySetting } from "@realtime-gateway/settings";
import type { Console, RunSummary } from "../console/console.ts";
import { type DemoResult, runDemo } from "../demo/demo.ts";
import type { Stack } from "../stack/stack.ts";
import type { StartOptions } from "./start-arguments.ts";

export interface SessionDeps {
  readonly stack: Stack;
  readonly config: EverySetting;
  readonly options: Pick<StartOptions, "demo" | "once">;
  readonly console: Console;
  readonly signal: AbortSignal;
}

/** Plays the demo if requested, then shows the user's own events until the signal. Resolves with a function, because events that arrive during the stop count too. */
export async function runSession(deps: SessionDeps): Promise<() => RunSummary> {
  const { stack, config, options, console, signal } = deps;
  const ofDemo = new Set<string>();
  let ownPublications = 0;
  stack.pusher.server?.onPublish((publication) => {
    if (ofDemo.has(publication.channel)) return;
    ownPublications += 1;
    console.published(publication);
  });
  console.ready(stack, config);

  const demo = options.demo ? await playDemo(deps, ofDemo) : undefined;
  if (!options.once && !signal.aborted) {
    if (demo) console.summary({ demo, ownPublications });
    console.waiting();
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  }
  return () => ({ demo, ownPublications });
}

/** Resolves with `undefined` after an interruption. Events on the demo's channels are not shown a second time as the user's own. */
async function playDemo({ stack, config, console, signal }: SessionDeps, ofDemo: Set<string>) {
  const demo: DemoResult | undefined = await runDemo({
    stack,
    config,
    signal,
    onSubscribed(subscriber, channels) {
      for (const channel of channels) ofDemo.add(channel);
      console.subscribed(subscriber, channels);
    },
    onLanded: console.landed,
    onReplaced: console.replaced,
    onDeadLetter: console.deadLettered,
  }).catch((error: unknown) => (signal.aborted ? undefined : Promise.reject(error)));
  ofDemo.clear();
  return demo;
}
