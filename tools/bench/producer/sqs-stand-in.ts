/**
 * SQS's end of the sends, as far as the SDK looks at it: `sqs-stand-in.ts`. Each message sets the milliseconds before an answer.
 * It answers with its port and the messages since the last one. An emulator would take more CPU than what is measured.
 */
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

interface SentMessage {
  readonly Id?: string;
  readonly MessageBody: string;
}
type SendRequest = SentMessage | { readonly Entries: readonly SentMessage[] };

let latencyMs = 0;
let messages = 0;

const answerTo = ({ Id, MessageBody }: SentMessage) => ({
  ...(Id && { Id }),
  MessageId: "11111111-2222-3333-4444-555555555555",
  MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
});

async function answer(request: SendRequest, response: ServerResponse): Promise<void> {
  const entries = "Entries" in request ? request.Entries : [request];
  messages += entries.length;
  await setTimeout(latencyMs);
  const body = "Entries" in request ? { Successful: entries.map(answerTo), Failed: [] } : answerTo(request);
  response.setHeader("content-type", "application/x-amz-json-1.0").end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  // The SDK sends what the shape describes; a wrong request would end the run with an error.
  await answer((await json(request)) as SendRequest, response);
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.on("message", (next) => {
    latencyMs = Number(next);
    process.send?.({ port, messages });
    messages = 0;
  });
});
