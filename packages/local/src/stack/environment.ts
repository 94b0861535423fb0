import type { Control } from "../control/control.ts";
import type { QueueAddress } from "../sqs/address.ts";
import type { PusherTarget } from "./pusher-target.ts";

/** The parts of a stack that another service needs. */
interface StackAddresses {
  readonly queue: QueueAddress;
  readonly pusher: PusherTarget;
  readonly apiUrl: string;
  readonly control: Pick<Control, "form">;
}

/** The variables with which another service uses this stack. Those of a real app lack the secret. */
export function environmentVariables({ queue, pusher, apiUrl, control }: StackAddresses) {
  const { PUSHER_SECRET: _, ...withoutSecret } = pusher.env;
  const variables: Record<string, string> = {
    LOCAL_GATEWAY_URL: new URL(apiUrl).origin,
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_REGION: queue.region,
    // The AWS CLI and boto3 read this one only.
    AWS_DEFAULT_REGION: queue.region,
    AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
    DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl,
    ...(pusher.secret === undefined ? withoutSecret : pusher.env),
    NEXT_PUBLIC_PUSHER_KEY: pusher.key,
    NEXT_PUBLIC_PUSHER_CLUSTER: pusher.client.cluster,
    // The client adds the routes itself, and `pusher-js` asks exactly this one.
    NEXT_PUBLIC_REALTIME_URL: apiUrl,
    NEXT_PUBLIC_REALTIME_AUTH_URL: `${apiUrl}/auth`,
    NEXT_PUBLIC_REALTIME_CHANNELS: control.form,
    ...(pusher.client.wsHost !== undefined && {
      NEXT_PUBLIC_PUSHER_HOST: pusher.host,
      NEXT_PUBLIC_PUSHER_PORT: String(pusher.port),
    }),
  };
  return variables;
}

/** The same as lines of a `.env`. */
export function environmentLines(stack: StackAddresses): readonly string[] {
  const lines = Object.entries(environmentVariables(stack)).map(([name, value]) => `${name}=${value}`);
  // The secret of a real app must never be printed. The reader has it in the environment.
  return stack.pusher.secret === undefined ? [...lines, "# PUSHER_SECRET: as in your environment"] : lines;
}
