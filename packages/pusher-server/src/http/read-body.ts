import type { IncomingMessage } from "node:http";

/** The server closes the connection after this many times the limit. */
const DISCARDED_BYTES_FACTOR = 16;

/**
 * Reads the body of a request; undefined above the limit. It reads and drops the rest of a large body, because many
 * clients read the answer only after they have sent everything.
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
