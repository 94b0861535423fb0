import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import type { QueueAddress } from "./queue.ts";

/**
 * A client of the local queue. The SDK reads the developer's environment and profile for all it is not told, and some of what it
 * may find there (FIPS, dual stack) does not go with an endpoint.
 */
export function createSqsClient(
  queue: Pick<QueueAddress, "endpoint" | "region" | "credentials">,
  more: SQSClientConfig = {},
) {
  const { endpoint, region, credentials } = queue;
  return new SQSClient({
    endpoint,
    region,
    // A copy: the SDK writes into what it is given.
    credentials: { ...credentials },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    ...more,
  });
}
