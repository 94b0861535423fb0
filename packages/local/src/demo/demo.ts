import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { buildChannel, type Channel } from "@realtime-gateway/routing";
import type { EverySetting } from "@realtime-gateway/settings";
import { createSqsClient } from "../sqs/sqs-client.ts";
import type { Stack } from "../stack/stack.ts";
import { wrap } from "./envelope.ts";
import { createLedger, type Landed, type Ledger } from "./ledger.ts";
import { drained, waitForDeadLetter } from "./queue-watch.ts";
import { type Cast, castOf, playAudit, type SceneEvent } from "./scenario.ts";
import { type Receipt, type Subscriber, startSubscriber } from "./subscriber.ts";

export interface DemoDeps {
  readonly stack: Pick<Stack, "queue" | "pusher" | "apiUrl">;
  readonly config: Pick<EverySetting, "form" | "maxPayloadBytes" | "dryRun">;
  readonly signal: AbortSignal;
  onSubscribed(subscriber: string, channels: readonly string[]): void;
  onLanded(event: Landed): void;
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
const DEAD_LETTER_TIMEOUT_MS = 40_000;
/** The relay cannot understand it; it must not hold up anything behind it. */
const POISON = "this is not a domain event";

/** Plays one audit through the stack: real messages in, real subscribers out, and one message that nobody understands. */
export async function runDemo(deps: DemoDeps): Promise<DemoResult> {
  const { stack, config, signal } = deps;
  const sqs = createSqsClient(stack.queue);
  const ledger = createLedger({ form: config.form, limitBytes: config.maxPayloadBytes, dryRun: config.dryRun });
  const cast = castOf(new Date());
  const scene = playAudit(cast);
  const allLanded = Promise.withResolvers<void>();
  const subscribers = await subscribe(deps, cast, ({ name, channel, data }) => {
    const landed = ledger.received(name, channel, data, performance.now());
    if (landed) deps.onLanded(landed);
    if (ledger.done === scene.length) allLanded.resolve();
  });
  try {
    const poison = await sendPoison(sqs, stack);
    const play = async (): Promise<void> => {
      for (const event of scene) await send(sqs, deps, event, ledger);
      if (config.dryRun) await drained(sqs, stack.queue.queueUrl, signal);
      else await Promise.race([allLanded.promise, delay(ARRIVAL_TIMEOUT_MS, undefined, { signal, ref: false })]);
    };
    const [deadLettered] = await Promise.all([findDeadLetter(sqs, deps, poison), play()]);
    const ok = deadLettered && ledger.missing.length === 0 && ledger.unexpected === 0;
    return { sent: scene.length, ledger, deadLettered, ok };
  } finally {
    for (const subscriber of subscribers) subscriber.close();
    sqs.destroy();
  }
}

/** One looks at the audit, and hears what everybody hears; the other at the fiche, and at the job that fetches it. */
async function subscribe(deps: DemoDeps, cast: Cast, onEvent: (receipt: Receipt) => void): Promise<Subscriber[]> {
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

interface Poison {
  readonly body: string;
  readonly sentAtMs: number;
}

async function sendPoison(sqs: SQSClient, { queue }: DemoDeps["stack"]): Promise<Poison> {
  const poison = { body: `${POISON} (${randomUUID()})`, sentAtMs: performance.now() };
  await sqs.send(new SendMessageCommand({ QueueUrl: queue.queueUrl, MessageBody: poison.body }));
  return poison;
}

/** Waits for it beside everything else, which it must not hold up. */
async function findDeadLetter(sqs: SQSClient, deps: DemoDeps, { body, sentAtMs }: Poison): Promise<boolean> {
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(DEAD_LETTER_TIMEOUT_MS)]);
  const code = await waitForDeadLetter(sqs, deps.stack.queue.deadLetterQueueUrl, body, signal);
  if (code !== undefined) deps.onDeadLetter(code, performance.now() - sentAtMs);
  return code !== undefined;
}
