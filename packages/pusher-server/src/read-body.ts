import type { IncomingMessage } from "node:http";

/** How much of an oversize body is read and thrown away before the connection is cut. */
const DISCARDED_BYTES_FACTOR = 16;

/**
 * Reads a request's body; undefined when it is larger than the limit. The rest of a large one is thrown away rather than
 * kept, and read at all only so that a client still writing gets its answer.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part: Buffer = chunk;
    bytes += part.length;
    if (bytes <= limitBytes) chunks.push(part);
    else chunks = [];
    if (bytes > limitBytes * DISCARDED_BYTES_FACTOR) request.socket.destroy();
  }
  return bytes <= limitBytes ? Buffer.concat(chunks) : undefined;
}
