import type { EverySetting } from "@realtime-gateway/settings";
import type { Console, RunSummary } from "../console/console.ts";
import { type DemoResult, runDemo } from "../demo/demo.ts";
import type { Sent } from "../demo/ledger.ts";
import type { EventReport } from "../messages/event-report.ts";
import type { Stack } from "../stack/stack.ts";
import type { StartOptions } from "./start-arguments.ts";
import type { Watcher } from "./watcher.ts";

export interface SessionDeps {
  readonly stack: Stack;
  readonly config: EverySetting;
  readonly options: Pick<StartOptions, "demo" | "once">;
  readonly console: Console;
  readonly signal: AbortSignal;
  readonly watcher: Pick<Watcher, "onDemoBody" | "idsOf">;
}

/** Plays the demo if requested, then shows the user's own events until the signal. */
export async function runSession(deps: SessionDeps): Promise<RunSummary["demo"]> {
  const { stack, config, options, console, signal } = deps;
  console.ready(stack, config);
  const demo = options.demo ? await playDemo(deps) : undefined;
  if (demo) console.demoEnded(demo);
  if (!options.once && !signal.aborted) {
    console.waiting();
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  }
  return demo;
}

/** Resolves with `undefined` after an interruption. */
async function playDemo({ stack, config, console, signal, watcher }: SessionDeps) {
  const { server } = stack.pusher;
  const report = (sent: Sent, result: Pick<EventReport, "fate" | "ms">): void =>
    console.event({
      from: "demo",
      event: sent.name,
      channels: sent.channels.map((name) => ({ name, listeners: server?.listenersOf(name) })),
      bytes: sent.bytes,
      ...watcher.idsOf(sent.body),
      ...result,
    });
  const demo: DemoResult | undefined = await runDemo({
    stack,
    config,
    signal,
    onSkipped: console.skipped,
    onSubscribed: console.subscribed,
    onSend: watcher.onDemoBody,
    onLanded: (landed) => report(landed, { fate: landed.truncated ? "truncated" : "published", ms: landed.tookMs }),
    onNotLanded: (sent, fate) => report(sent, { fate }),
    onDeadLetter(body, code, ms) {
      const ids = watcher.idsOf(body);
      console.event({
        from: "demo",
        event: undefined,
        fate: "rejected",
        channels: [],
        ...ids,
        ms,
        code,
        onPurpose: true,
      });
    },
  }).catch((error: unknown) => (signal.aborted ? undefined : Promise.reject(error)));
  return demo;
}
