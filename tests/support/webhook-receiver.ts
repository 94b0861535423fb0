import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { onTestFinished } from "vitest";

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
}

export interface WebhookReceiver {
  readonly url: string;
  /** Resolves with the first request that no earlier call took. */
  next(): Promise<ReceivedWebhook>;
}

/** In place of a status, no answer at all. */
export const SILENCE = 0;

/** The server of an app. It answers webhooks with these statuses in turn, and then with 200. */
export async function startWebhookReceiver(statuses: readonly number[] = []): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const answers = [...statuses];
  let arrived: () => void = () => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, rawBody: Buffer.concat(chunks).toString("utf8") });
      const status = answers.shift() ?? 200;
      if (status !== SILENCE) response.writeHead(status).end();
      arrived();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The receiver has no port");
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    async next() {
      for (;;) {
        const request = received.shift();
        if (request !== undefined) return request;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}
