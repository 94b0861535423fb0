import type { PublishedEvent } from "@realtime-gateway/pusher-server";
import type { EverySetting } from "@realtime-gateway/settings";
import type { DemoResult } from "../demo/demo.ts";
import type { Landed, Sent } from "../demo/ledger.ts";
import type { Stack } from "../stack/stack.ts";

/** A log record of a function, in Lambda's JSON format or as plain text. */
export interface FunctionLog {
  readonly functionName: string;
  readonly level: string;
  readonly message: unknown;
}

/** The result of a run. */
export interface RunSummary {
  readonly demo: DemoResult | undefined;
  /** Events published for others than the demo, each channel counted. */
  readonly ownPublications: number;
}

/** The result of a function's build and restart after a change of a source (`npm run dev`). */
export interface FunctionRestart {
  readonly functionName: string;
  readonly tookMs: number;
  readonly error?: string;
}

/** The output of `npm start`, for people or as JSON lines. */
export interface Console {
  ready(stack: Stack, config: EverySetting): void;
  subscribed(subscriber: string, channels: readonly string[]): void;
  landed(event: Landed): void;
  /** A newer event of the same entity was published in its place. */
  replaced(event: Sent): void;
  deadLettered(code: string, tookMs: number): void;
  /** An event that is not the demo's. */
  published(publication: PublishedEvent): void;
  log(log: FunctionLog): void;
  request(request: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly durationMs: number;
  }): void;
  summary(summary: RunSummary): void;
  /** The demo has ended, and the gateway keeps running. */
  waiting(): void;
  rebuilt(restart: FunctionRestart): void;
}
