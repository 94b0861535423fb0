import type { IncomingMessage } from "node:http";

/** Reads a request body, or says `undefined` when it is larger than the limit; what passes the limit is not kept. */
export async function readLimitedBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  const declaredBytes = Number(request.headers["content-length"] ?? 0);
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (declaredBytes <= limitBytes) {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > limitBytes) break;
      chunks.push(chunk);
    }
  }
  if (declaredBytes <= limitBytes && bytes <= limitBytes) return Buffer.concat(chunks);
  // Read to the end unkept: a client that is still writing would otherwise see a reset instead of the answer.
  request.resume();
  return undefined;
}
