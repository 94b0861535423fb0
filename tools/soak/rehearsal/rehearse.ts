import type { SQSRecord } from "aws-lambda";
import { createRelay as createRealRelay } from "../../../functions/relay/relay.ts";
import { check, type SoakVerdict } from "../checker/check.ts";
import { RELAY_TIMEOUT_MS } from "../storm/settings.ts";
import type { CreateRelay, RelayHandler } from "./create-relay.ts";
import { createLife, type ProcessLife } from "./life.ts";
import { createRehearsedQueue, type RehearsedQueue } from "./queue.ts";
import { createWorld, type RehearsalOptions, type RehearsedWorld, START_MS } from "./world.ts";

/** Processes of the relay. Each one remembers the events that it published. */
const PROCESSES = 3;
/** A relay that never acknowledges must come to an end too. */
const LEAST_INVOCATIONS = 150;
const MAX_INVOCATIONS_PER_MESSAGE = { standard: 0.1, fifo: 0.3 } as const;
const DIED = "Runtime exited with error: signal: killed";
const TIMED_OUT = "Task timed out";

/** The soak without a network: the real relay, with a queue, a Pusher and a clock in memory. The checker is the soak's own. */
export async function rehearse(
  options: RehearsalOptions,
  createRelay: CreateRelay = createRealRelay,
): Promise<SoakVerdict> {
  const { messages, seed, fifo } = options;
  const world = createWorld(options);
  const { recorder, dice, queuePlan: plan } = world;
  const queue = createRehearsedQueue({ messages, seed, startMs: START_MS }, { recorder, plan, dice, fifo });
  const memories = Array.from({ length: PROCESSES }, world.newMemory);
  const limit = LEAST_INVOCATIONS + messages * MAX_INVOCATIONS_PER_MESSAGE[fifo ? "fifo" : "standard"];
  for (let invocations = 0; !queue.isEmpty && invocations < limit; invocations += 1) {
    const batch = queue.receive();
    if (batch === undefined) continue;
    const process = dice.below(PROCESSES);
    const life = createLife();
    const handler = createRelay(world.depsFor(life, memories[process] ?? world.newMemory()));
    await invoke(handler, { batch, queue, world, life });
    if (life.isOver) memories[process] = world.newMemory();
    world.settleLateCalls();
  }
  return check(recorder.observations(queue.isEmpty));
}

interface RehearsedInvocation {
  readonly batch: readonly SQSRecord[];
  readonly queue: RehearsedQueue;
  readonly world: RehearsedWorld;
  readonly life: ProcessLife;
}

async function invoke(
  handler: RelayHandler,
  { batch, queue, world: { clock, recorder }, life }: RehearsedInvocation,
): Promise<void> {
  const deadlineMs = clock.nowMs() + RELAY_TIMEOUT_MS;
  const context = { getRemainingTimeInMillis: () => deadlineMs - clock.nowMs() };
  const invocation = recorder.invoked(batch);
  const end = (isFailed: (messageId: string) => boolean, error?: string): void => {
    invocation.ended(isFailed, error);
    queue.settle(batch, isFailed);
  };
  const answer = async (): Promise<void> => {
    const { batchItemFailures } = await handler({ Records: [...batch] }, context);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    if (clock.nowMs() > deadlineMs) end(all, TIMED_OUT);
    else if (!life.isOver) end((messageId) => failed.has(messageId));
  };
  const failure = answer().catch((error: unknown) => {
    if (!life.isOver) end(all, error instanceof Error ? error.message : String(error));
  });
  await clock.run(Promise.race([failure, life.over]));
  if (!life.isOver) return;
  invocation.killed();
  end(all, DIED);
}

const all = (): boolean => true;
