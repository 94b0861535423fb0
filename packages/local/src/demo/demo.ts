import { setTimeout as delay } from "node:timers/promises";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { EverySetting } from "@realtime-gateway/settings";
import { createSqsClient } from "../sqs/client.ts";
import type { Stack } from "../stack/stack.ts";
import { createLedger, type Fate, type Landed, type Ledger, type Sent } from "./ledger.ts";
import { isEmpty, waitForDeadLetter } from "./queue-watch.ts";
import { castOf, newRunId, playAudit, type SceneEvent } from "./scenario.ts";
import { createDemoSender, type DemoSender } from "./send.ts";
import { openViews, type ViewDeps } from "./views.ts";

export interface DemoDeps extends ViewDeps {
  readonly stack: Pick<Stack, "queue" | "pusher" | "apiUrl">;
  readonly config: Pick<EverySetting, "form" | "maxPayloadBytes" | "dryRun" | "app" | "auth">;
  readonly signal: AbortSignal;
  /** Before a message is sent. */
  onSend(body: string): void;
  /** At the receipt on the last channel. */
  onLanded(event: Landed): void;
  /** The events that did not land, once the fate of every event is known. */
  onNotLanded(event: Sent, fate: Fate): void;
  onDeadLetter(body: string, code: string, tookMs: number): void;
}

export interface DemoResult {
  readonly sent: number;
  readonly ledger: Ledger;
  readonly deadLettered: boolean;
  readonly ok: boolean;
}

/** So that a reader can follow; the queue would take them all at once. */
const PAUSE_MS = 100;
const ARRIVAL_TIMEOUT_MS = 20_000;
const FATE_CHECK_MS = 100;
const DEAD_LETTER_TIMEOUT_MS = 40_000;

/** Plays one audit through the stack: real messages in, real subscribers out, and one broken message. */
export async function runDemo(deps: DemoDeps): Promise<DemoResult> {
  const { stack, config } = deps;
  const sqs = createSqsClient(stack.queue);
  const sender = createDemoSender(sqs, stack.queue);
  const ledger = createLedger({ form: config.form, limitBytes: config.maxPayloadBytes, dryRun: config.dryRun });
  const cast = castOf(newRunId());
  const scene = playAudit(cast);
  const subscribers = await openViews(deps, cast, ({ name, channel, data }) => {
    const landed = ledger.received(name, channel, data, performance.now());
    if (landed) deps.onLanded(landed);
  });
  try {
    const poison = await sendPoison(sender, deps);
    const play = async (): Promise<void> => {
      for (const event of scene) await send(sender, deps, event, ledger);
      await waitForFates(sqs, deps, ledger);
    };
    const [deadLettered] = await Promise.all([findDeadLetter(sqs, deps, poison), play()]);
    for (const fate of ["replaced", "withheld", "missing"] as const)
      for (const event of ledger.eventsWith(fate)) deps.onNotLanded(event, fate);
    const ok = deadLettered && ledger.missing.length === 0 && ledger.unexpected === 0;
    return { sent: scene.length, ledger, deadLettered, ok };
  } finally {
    for (const subscriber of subscribers) subscriber.close();
    sqs.destroy();
  }
}

async function send(sender: DemoSender, deps: DemoDeps, event: SceneEvent, ledger: Ledger): Promise<void> {
  const { signal, onSend } = deps;
  const message = sender.event(event);
  ledger.sent(event.name, { ...event.data }, performance.now(), message.body);
  onSend(message.body);
  await message.send();
  await delay(PAUSE_MS, undefined, { signal });
}

/** Resolves when each event has its fate. Until the queue is empty, an event that seems replaced may be late. */
async function waitForFates(sqs: SQSClient, { stack, signal }: DemoDeps, ledger: Ledger): Promise<void> {
  const giveUp = AbortSignal.timeout(ARRIVAL_TIMEOUT_MS);
  while (!giveUp.aborted) {
    if ((await isEmpty(sqs, stack.queue.queueUrl)) && ledger.missing.length === 0) return;
    await delay(FATE_CHECK_MS, undefined, { signal });
  }
}

interface Poison {
  readonly body: string;
  readonly sentAtMs: number;
}

async function sendPoison(sender: DemoSender, { onSend }: DemoDeps): Promise<Poison> {
  const { body, send } = sender.poison();
  const sentAtMs = performance.now();
  onSend(body);
  await send();
  return { body, sentAtMs };
}

/** Resolves with true when the broken message is in the dead-letter queue. The rest of the demo runs meanwhile. */
async function findDeadLetter(sqs: SQSClient, deps: DemoDeps, { body, sentAtMs }: Poison): Promise<boolean> {
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(DEAD_LETTER_TIMEOUT_MS)]);
  const code = await waitForDeadLetter(sqs, deps.stack.queue.deadLetterQueueUrl, body, signal);
  if (code !== undefined) deps.onDeadLetter(body, code, performance.now() - sentAtMs);
  return code !== undefined;
}
