import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import type { QueueAddress } from "./address.ts";

/**
 * A client of the local queue. The SDK reads missing options from the developer's environment and profile. Two of them,
 * FIPS and dual stack, would fail with an endpoint.
 */
export function createSqsClient(
  queue: Pick<QueueAddress, "endpoint" | "region" | "credentials">,
  more: SQSClientConfig = {},
) {
  const { endpoint, region, credentials } = queue;
  return new SQSClient({
    endpoint,
    region,
    // A copy, because the SDK writes into this object.
    credentials: { ...credentials },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    ...more,
  });
}
