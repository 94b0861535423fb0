import type { Stack } from "../stack/stack.ts";

/** What another service puts into its `.env` to use this stack. */
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
  // A real app's secret is in the reader's environment already, and is printed nowhere.
  return pusher.secret === undefined ? [...lines, "# PUSHER_SECRET: as in your environment"] : lines;
}
