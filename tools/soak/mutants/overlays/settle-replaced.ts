import type { ReadyMessage, RelayMessage } from "../../../../functions/relay/message.ts";
import { setOutcomes as setSoundOutcomes } from "../../../../functions/relay/settle.ts";

export * from "../../../../functions/relay/settle.ts";

type Failures = Parameters<typeof setSoundOutcomes>[1];

export function setOutcomes(messages: readonly RelayMessage[], failures: Failures): void {
  setSoundOutcomes(messages, failures);
  for (const message of messages) if (isReplaced(message)) message.outcome = { kind: "conflated" };
}

const isReplaced = (message: RelayMessage): message is ReadyMessage =>
  message.kind === "ready" && message.replacedBy !== undefined;
