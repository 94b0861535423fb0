import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { buildChannel, type Channel } from "@realtime-gateway/routing";
import type { EverySetting } from "@realtime-gateway/settings";
import { createSqsClient } from "../sqs/client.ts";
import type { Stack } from "../stack/stack.ts";
import { wrap } from "./envelope.ts";
import { createLedger, type Landed, type Ledger, type Sent } from "./ledger.ts";
import { isEmpty, waitForDeadLetter } from "./queue-watch.ts";
import { type Cast, castOf, playAudit, type SceneEvent } from "./scenario.ts";
import { type Subscriber, type SubscriberReceipt, startSubscriber } from "./subscriber.ts";

export interface DemoDeps {
  readonly stack: Pick<Stack, "queue" | "pusher" | "apiUrl">;
  readonly config: Pick<EverySetting, "form" | "maxPayloadBytes" | "dryRun">;
  readonly signal: AbortSignal;
  onSubscribed(subscriber: string, channels: readonly string[]): void;
  onLanded(event: Landed): void;
  /** Once the fate of every event is known. */
  onReplaced(event: Sent): void;
  onDeadLetter(code: string, tookMs: number): void;
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
/** The relay cannot understand it; it must not hold up anything behind it. */
const POISON = "this is not a domain event";

/** Plays one audit through the stack: real messages in, real subscribers out, and one broken message. */
export async function runDemo(deps: DemoDeps): Promise<DemoResult> {
  const { stack, config } = deps;
  const sqs = createSqsClient(stack.queue);
  const ledger = createLedger({ form: config.form, limitBytes: config.maxPayloadBytes, dryRun: config.dryRun });
  const cast = castOf(new Date());
  const scene = playAudit(cast);
  const subscribers = await subscribe(deps, cast, ({ name, channel, data }) => {
    const landed = ledger.received(name, channel, data, performance.now());
    if (landed) deps.onLanded(landed);
  });
  try {
    const poison = await sendPoison(sqs, stack);
    const play = async (): Promise<void> => {
      for (const event of scene) await send(sqs, deps, event, ledger);
      await waitForFates(sqs, deps, ledger);
    };
    const [deadLettered] = await Promise.all([findDeadLetter(sqs, deps, poison), play()]);
    for (const event of ledger.eventsWith("replaced")) deps.onReplaced(event);
    const ok = deadLettered && ledger.missing.length === 0 && ledger.unexpected === 0;
    return { sent: scene.length, ledger, deadLettered, ok };
  } finally {
    for (const subscriber of subscribers) subscriber.close();
    sqs.destroy();
  }
}

/** One looks at the audit, and hears what everybody hears; the other at the fiche, and at the job that fetches it. */
async function subscribe(
  deps: DemoDeps,
  cast: Cast,
  onEvent: (receipt: SubscriberReceipt) => void,
): Promise<Subscriber[]> {
  const { stack, config } = deps;
  const views: readonly (readonly [name: string, channels: readonly Channel[]])[] = [
    ["the audit's page", [{ kind: "audit", id: cast.audit_id }, { kind: "global" }]],
    [
      "the fiche's page",
      [
        { kind: "fiche", id: cast.fiche_id },
        { kind: "job", id: cast.jobId },
      ],
    ],
  ];
  return await Promise.all(
    views.map(async ([name, subjects]) => {
      const channels = subjects
        .map((subject) => buildChannel(subject, config.form))
        .flatMap((built) => (built.ok ? [built.value] : []));
      const authEndpoint = `${stack.apiUrl}/auth`;
      const subscriber = await startSubscriber({ target: stack.pusher, authEndpoint, channels, onEvent });
      deps.onSubscribed(name, channels);
      return subscriber;
    }),
  );
}

async function send(sqs: SQSClient, { stack, signal }: DemoDeps, event: SceneEvent, ledger: Ledger): Promise<void> {
  const { name, data, envelope } = event;
  ledger.sent(name, { ...data }, performance.now());
  const MessageBody = wrap(name, data, envelope, new Date());
  await sqs.send(new SendMessageCommand({ QueueUrl: stack.queue.queueUrl, MessageBody }));
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

async function sendPoison(sqs: SQSClient, { queue }: DemoDeps["stack"]): Promise<Poison> {
  const poison = { body: `${POISON} (${randomUUID()})`, sentAtMs: performance.now() };
  await sqs.send(new SendMessageCommand({ QueueUrl: queue.queueUrl, MessageBody: poison.body }));
  return poison;
}

/** Resolves with true when the broken message is in the dead-letter queue. The rest of the demo runs meanwhile. */
async function findDeadLetter(sqs: SQSClient, deps: DemoDeps, { body, sentAtMs }: Poison): Promise<boolean> {
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(DEAD_LETTER_TIMEOUT_MS)]);
  const code = await waitForDeadLetter(sqs, deps.stack.queue.deadLetterQueueUrl, body, signal);
  if (code !== undefined) deps.onDeadLetter(code, performance.now() - sentAtMs);
  return code !== undefined;
}
