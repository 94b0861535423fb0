import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { LOCAL_APP, type Stack, startStack } from "@realtime-gateway/local";
import Pusher from "pusher";
import { buildFunctions } from "../../../tools/build.ts";
import { startChecked } from "../contract-answers.ts";
import { cloudEvent } from "../stack.ts";
import type { AgentOptions } from "./agent.ts";

export interface ClientGateway {
  /** The options that a client needs to reach it. */
  readonly address: Omit<AgentOptions, "token" | "batched">;
  /** The app's own server library. */
  readonly api: Pusher;
  /** The number of such requests so far, for example `POST /auth`. */
  asked(request: string): number;
  /** Puts a domain event into the queue. */
  publish(event: string, data: unknown): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the functions and starts the whole gateway with real parts on free ports. The caller stops it. */
export async function startClientGateway(env: Readonly<Record<string, string>>): Promise<ClientGateway> {
  await buildFunctions();
  const requests: string[] = [];
  const stack = await startChecked(startStack, {
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env,
    onRequest: ({ method, path }) => requests.push(`${method} ${path.replace("/api/realtime/pusher", "")}`),
  });
  const { endpoint, region, credentials, queueUrl } = stack.queue;
  const sqs = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  const { key, client, host, port } = stack.pusher;
  return {
    address: { key, client, authUrl: `${stack.apiUrl}/auth`, userAuthUrl: `${stack.apiUrl}/user-auth` },
    api: new Pusher({ ...LOCAL_APP, host, port: String(port), useTLS: false }),
    asked: (request) => requests.filter((one) => one === request).length,
    async publish(event, data) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: cloudEvent(event, data) }));
    },
    stop: () => stop(stack, sqs),
  };
}

async function stop(stack: Stack, sqs: SQSClient): Promise<void> {
  sqs.destroy();
  await stack.stop();
}
