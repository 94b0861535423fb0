import type { IncomingMessage } from "node:http";

/**
 * Reads a request body, or returns `undefined` if it is larger than the limit. Even then it reads the body to its end:
 * a client that still writes when the connection closes gets a reset instead of the answer.
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
