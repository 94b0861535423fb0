interface StoredMessage {
  messageGroupId?: string | undefined;
}

/** The function of fauxqs that makes a stored message. */
interface Store {
  createMessage(body: string, attributes: object, ...rest: readonly unknown[]): StoredMessage;
}

const groups = new WeakMap<object, string>();
const patched = new WeakSet<Store>();

/**
 * fauxqs 2.4.1 drops `MessageGroupId` on standard queues, which AWS keeps for its fair queues. The send actions pass the
 * attributes of a request unchanged to the function that makes the message, so that function finds the group by them.
 */
export async function keepStandardGroups(): Promise<void> {
  const path = new URL("sqs/sqsStore.js", import.meta.resolve("fauxqs")).href;
  const { SqsStore }: { SqsStore: Store } = await import(path);
  if (patched.has(SqsStore)) return;
  patched.add(SqsStore);
  const { createMessage } = SqsStore;
  SqsStore.createMessage = (body, attributes, ...rest) => {
    const message = createMessage(body, attributes, ...rest);
    message.messageGroupId ??= groups.get(attributes);
    return message;
  };
}

/** Called with the parsed body of each request, before its action runs. */
export function noteGroups(request: unknown): void {
  for (const message of sentMessagesIn(request)) {
    const { MessageGroupId: group } = message;
    if (typeof group !== "string") continue;
    message.MessageAttributes ??= {};
    if (isObject(message.MessageAttributes)) groups.set(message.MessageAttributes, group);
  }
}

/** The messages that a request sends: itself, or its entries. */
function sentMessagesIn(request: unknown): readonly Record<string, unknown>[] {
  if (!isObject(request)) return [];
  const { Entries: entries } = request;
  return [request, ...(Array.isArray(entries) ? entries.filter(isObject) : [])];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
