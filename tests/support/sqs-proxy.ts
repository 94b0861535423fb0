import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { listenOnFreePort } from "./local-ports.ts";

export interface SqsCall {
  /** `ReceiveMessage`, `SendMessageBatch` and so on. */
  readonly action: string;
  readonly body: string;
  /** Sends the call to SQS, with another body if given, and resolves with its answer. */
  forward(body?: string): Promise<string>;
}

/** A proxy between a client and SQS. `onCall` resolves with the answer; by default it forwards each call. */
export async function proxySqs(
  endpoint: string,
  onCall: (call: SqsCall) => Promise<string> = ({ forward }) => forward(),
): Promise<{ readonly endpoint: string; readonly actions: readonly string[] }> {
  const actions: string[] = [];
  const server = createServer(async (request, response) => {
    const target = String(request.headers["x-amz-target"]);
    const action = target.replace("AmazonSQS.", "");
    const received = await text(request);
    actions.push(action);
    let status = 200;
    const forward = async (body = received): Promise<string> => {
      const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" };
      const answer = await fetch(endpoint, { method: "POST", headers, body });
      status = answer.status;
      return answer.text();
    };
    const answer = await onCall({ action, body: received, forward }).catch(() => undefined);
    if (answer === undefined) request.destroy();
    else response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(answer);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${await listenOnFreePort(server)}`, actions };
}
