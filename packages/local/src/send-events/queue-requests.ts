/** SendMessageBatch takes at most ten messages (SendMessageBatch API reference). */
const MAX_MESSAGES = 10;
/** All bodies of one request (SendMessageBatch API reference). */
const MAX_BYTES = 1024 * 1024;

/** Puts messages into as few requests as SQS allows, in order. A message above the limit is alone in its request. */
export function requestsOf<Message extends { readonly body: string }>(
  messages: readonly Message[],
): readonly (readonly Message[])[] {
  const requests: Message[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    const last = requests.at(-1);
    if (last === undefined || last.length === MAX_MESSAGES || bytes + size > MAX_BYTES) {
      requests.push([message]);
      bytes = size;
    } else {
      last.push(message);
      bytes += size;
    }
  }
  return requests;
}
