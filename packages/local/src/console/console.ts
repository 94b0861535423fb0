import type { Publication } from "@realtime-gateway/pusher-server";
import type { EverySetting } from "@realtime-gateway/settings";
import type { DemoResult } from "../demo/demo.ts";
import type { Landed } from "../demo/ledger.ts";
import type { Stack } from "../stack/stack.ts";

/** What a function logged: Lambda's JSON format, or a bare line. */
export interface FunctionLog {
  readonly functionName: string;
  readonly level: string;
  readonly message: unknown;
}

/** What ran, when it ends. */
export interface RunSummary {
  readonly demo: DemoResult | undefined;
  /** Events published for others than the demo, each channel counted. */
  readonly ownPublications: number;
}

/** Where `npm start` shows what happens: for people, or as JSON lines. */
export interface Console {
  ready(stack: Stack, config: EverySetting): void;
  subscribed(subscriber: string, channels: readonly string[]): void;
  landed(event: Landed): void;
  deadLettered(code: string, tookMs: number): void;
  /** An event that is not the demo's. */
  published(publication: Publication): void;
  log(log: FunctionLog): void;
  request(request: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly durationMs: number;
  }): void;
  summary(summary: RunSummary): void;
  /** The demo is over, and nothing ends. */
  waiting(): void;
}
