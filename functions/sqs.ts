/** Short, so that an invocation has time left to report a queue that does not answer. */
const REQUEST_TIMEOUT_MS = 2_000;
const MAX_ATTEMPTS = 2;

/** Opens an SQS client at the first use. Most instances never send, and to import Lambda's own SDK takes tens of milliseconds. */
export const createOpenSqs = () =>
  openOnce(async () => {
    const sdk = await import("@aws-sdk/client-sqs");
    const requestHandler = {
      requestTimeout: REQUEST_TIMEOUT_MS,
      // By default the SDK only logs a warning.
      throwOnRequestTimeout: true,
      connectionTimeout: REQUEST_TIMEOUT_MS,
    };
    return { sdk, sqs: new sdk.SQSClient({ maxAttempts: MAX_ATTEMPTS, requestHandler }) };
  });

/** All callers share one promise. After a failure, the next call tries again. */
function openOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
