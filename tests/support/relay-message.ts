import type { SQSRecord } from "aws-lambda";
import type { ReadyMessage } from "../../functions/relay/message.ts";
import { decode, guard, route } from "../../functions/relay/read.ts";
import type { RelayDeps } from "../../functions/relay/relay.ts";
import { relayConfig } from "./relay-run.ts";

/** Decodes, routes and guards one message, as the relay does. */
export const readMessage = (record: SQSRecord, config: Partial<RelayDeps["config"]> = {}) => {
  const all = { ...relayConfig, ...config };
  return guard(route(decode(record), all), all);
};

/** A message that can be published. */
export function readyMessage(record: SQSRecord, config?: Partial<RelayDeps["config"]>): ReadyMessage {
  const message = readMessage(record, config);
  if (message.kind === "rejected") throw new Error(`rejected: ${message.rejection.code} (${message.rejection.detail})`);
  return message;
}
