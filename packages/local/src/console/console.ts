import type { EverySetting } from "@realtime-gateway/settings";
import type { DemoResult } from "../demo/demo.ts";
import type { RequestObservation } from "../http-api/http-api.ts";
import type { EventFate, EventReport } from "../messages/event-report.ts";
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
  /** Events of others than the demo, counted by their fates. */
  readonly ownEvents: Readonly<Partial<Record<EventFate, number>>>;
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
  /** The part that the demo cannot play, and the reason. */
  skipped(what: string): void;
  subscribed(subscriber: string, channels: readonly string[]): void;
  event(report: EventReport): void;
  log(log: FunctionLog): void;
  request(request: RequestObservation): void;
  /** The fate of each of the demo's events is known. */
  demoEnded(demo: DemoResult): void;
  /** No demo runs, and the gateway keeps running. */
  waiting(): void;
  rebuilt(restart: FunctionRestart): void;
  ended(summary: RunSummary): void;
}
