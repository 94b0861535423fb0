import type { Stack } from "../stack/stack.ts";

/** The variables with which another service uses this stack, as lines of its `.env`. */
export function environmentLines({ queue, pusher, apiUrl }: Stack): readonly string[] {
  const { PUSHER_SECRET: _, ...withoutSecret } = pusher.env;
  const variables = {
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_REGION: queue.region,
    AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
    DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl,
    ...(pusher.secret === undefined ? withoutSecret : pusher.env),
    NEXT_PUBLIC_PUSHER_KEY: pusher.key,
    NEXT_PUBLIC_PUSHER_CLUSTER: pusher.client.cluster,
    NEXT_PUBLIC_REALTIME_AUTH_URL: `${apiUrl}/auth`,
    ...(pusher.client.wsHost !== undefined && {
      NEXT_PUBLIC_PUSHER_HOST: pusher.host,
      NEXT_PUBLIC_PUSHER_PORT: String(pusher.port),
    }),
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  // The secret of a real app must never be printed. The reader has it in the environment.
  return pusher.secret === undefined ? [...lines, "# PUSHER_SECRET: as in your environment"] : lines;
}
