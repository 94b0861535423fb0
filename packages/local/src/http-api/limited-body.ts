import type { IncomingMessage } from "node:http";

/**
 * Reads a request body, or says `undefined` when it is larger than the limit. Such a body is read to its end without
 * being kept: a client that is still writing when the connection closes sees a reset instead of the answer.
 */
export async function readLimitedBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  const stream: AsyncIterable<Buffer> = request;
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= limitBytes) chunks.push(chunk);
    else chunks = [];
  }
  return bytes <= limitBytes ? Buffer.concat(chunks) : undefined;
}
