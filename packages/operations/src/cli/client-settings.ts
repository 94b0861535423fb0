import type { SQSClientConfig } from "@aws-sdk/client-sqs";
import type { CommandSurroundings, DlqOptions } from "./dlq-arguments.ts";

/** Longer than any answer takes, polls included, so it ends only dead connections. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Emulators check no signature, but no SDK sends without credentials and a region. */
const LOCAL = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

/** The address of SQS, the region and the credentials. The AWS SDK finds the rest in its usual places. */
export function clientSettings(
  { queueUrl, endpoint, region }: Pick<DlqOptions, "queueUrl" | "endpoint" | "region">,
  env: CommandSurroundings["env"],
): SQSClientConfig {
  const { hostname, origin } = new URL(endpoint ?? queueUrl);
  const ofAws = /\.amazonaws\.com(\.cn)?$/.test(hostname);
  const regionOfUrl = /(?:^|\.)sqs\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com/.exec(new URL(queueUrl).hostname)?.[1];
  const givenRegion = region ?? regionOfUrl;
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(hostname);
  // A tunnel to AWS is on the loopback address too, so credentials of the environment win.
  const anonymous = isLocal && env.AWS_ACCESS_KEY_ID === undefined && env.AWS_PROFILE === undefined;
  return {
    ...(isLocal && env.AWS_REGION === undefined && { region: LOCAL.region }),
    ...(anonymous && { credentials: { ...LOCAL.credentials } }),
    ...(givenRegion !== undefined && { region: givenRegion }),
    ...(endpoint !== undefined || !ofAws ? { endpoint: endpoint ?? origin } : {}),
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
  };
}
