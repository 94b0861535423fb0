import type { Stack } from "../stack/stack.ts";

/** What another service puts into its `.env` to use this stack. */
export function environmentLines({ queue, pusher, apiUrl }: Stack): readonly string[] {
  const app = pusher.env;
  const variables = {
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_REGION: queue.region,
    AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
    DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl,
    ...app,
    // A real app's secret is in the reader's environment already, and stays there.
    ...(pusher.secret === undefined && { PUSHER_SECRET: "<as in your environment>" }),
    NEXT_PUBLIC_PUSHER_KEY: pusher.key,
    NEXT_PUBLIC_PUSHER_CLUSTER: pusher.client.cluster,
    NEXT_PUBLIC_REALTIME_AUTH_URL: `${apiUrl}/auth`,
    ...(pusher.client.wsHost !== undefined && {
      NEXT_PUBLIC_PUSHER_HOST: pusher.host,
      NEXT_PUBLIC_PUSHER_PORT: String(pusher.port),
    }),
  };
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`);
}
