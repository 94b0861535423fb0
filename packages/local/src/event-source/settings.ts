/** Limits of an SQS event source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const MAX_BATCH_SIZE = 10_000;
const MAX_BATCH_SIZE_WITHOUT_WINDOW = 10;
const MAX_BATCH_WINDOW_SECONDS = 300;
const MAX_CONCURRENCY = 1_000;

const DEFAULT_BATCH_SIZE = 10;
/** Lambda starts with five batches at a time for a busy queue. */
const DEFAULT_CONCURRENCY = 5;
/**
 * Lambda polls for 20 s. Here `stop()` must await the current poll, as SQS would hide the messages of an aborted one.
 * A short poll makes the stop of an idle queue fast.
 */
const DEFAULT_WAIT_SECONDS = 1;

export interface PollerOptions {
  readonly batchSize?: number;
  readonly batchWindowSeconds?: number;
  readonly maximumConcurrency?: number;
  readonly waitSeconds?: number;
}

export type PollerSettings = Required<PollerOptions>;

/** Throws on settings that a deployment to Lambda would reject. */
export function pollerSettings(options: PollerOptions, fifo: boolean): PollerSettings {
  const settings = {
    batchSize: options.batchSize ?? DEFAULT_BATCH_SIZE,
    batchWindowSeconds: options.batchWindowSeconds ?? 0,
    maximumConcurrency: options.maximumConcurrency ?? DEFAULT_CONCURRENCY,
    waitSeconds: options.waitSeconds ?? DEFAULT_WAIT_SECONDS,
  };
  assertBetween("batchSize", settings.batchSize, 1, fifo ? MAX_BATCH_SIZE_WITHOUT_WINDOW : MAX_BATCH_SIZE);
  assertBetween("batchWindowSeconds", settings.batchWindowSeconds, 0, fifo ? 0 : MAX_BATCH_WINDOW_SECONDS);
  assertBetween("maximumConcurrency", settings.maximumConcurrency, 1, MAX_CONCURRENCY);
  assertBetween("waitSeconds", settings.waitSeconds, 0, 20);
  if (settings.batchSize > MAX_BATCH_SIZE_WITHOUT_WINDOW && settings.batchWindowSeconds === 0) {
    throw new RangeError(
      `A batchSize above ${MAX_BATCH_SIZE_WITHOUT_WINDOW} needs a batchWindowSeconds of at least 1.`,
    );
  }
  return settings;
}

function assertBetween(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be an integer from ${least} to ${most}, not ${value}.`);
}
