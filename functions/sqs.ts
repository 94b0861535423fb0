/** Beside the invocation's own time, so that a silent queue is found out in time to say so. */
const REQUEST_TIMEOUT_MS = 2_000;
const MAX_ATTEMPTS = 2;

/** The SDK and a client of it. The SDK is Lambda's own, and is imported with the first use: most functions never send. */
export const createOpenSqs = () =>
  lazily(async () => {
    const sdk = await import("@aws-sdk/client-sqs");
    const requestHandler = {
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without it the SDK only warns.
      throwOnRequestTimeout: true,
      connectionTimeout: REQUEST_TIMEOUT_MS,
    };
    return { sdk, sqs: new sdk.SQSClient({ maxAttempts: MAX_ATTEMPTS, requestHandler }) };
  });

/** The same promise for everybody; after a failure the next one tries again. */
function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
