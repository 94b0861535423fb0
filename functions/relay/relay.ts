import type { Rejected } from "@realtime-gateway/events";
import { type Message, plan } from "@realtime-gateway/routing";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Publish } from "../publisher.ts";
import { deliver, type Failure } from "./deliver.ts";
import { prepare } from "./prepare.ts";
import { settle } from "./settle.ts";

export interface RelayDeps {
  readonly config: Pick<Config, "form" | "maxPayloadBytes">;
  readonly publish: Publish;
  readonly log: Log;
}

/** A domain event is decoded, routed, guarded, planned, delivered and settled. */
export const createRelay =
  ({ config, publish, log }: RelayDeps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const failedIds: string[] = [];
    const fail = (record: SQSRecord, reason: Rejected | Failure): void => {
      failedIds.push(record.messageId);
      logFailure(log, record, reason);
    };

    const records: SQSRecord[] = [];
    const messages: Message[] = [];
    for (const record of event.Records) {
      const prepared = prepare(record.body, config, log);
      if (prepared.ok) {
        records.push(record);
        messages.push(prepared.value);
      } else fail(record, prepared);
    }

    const failures = await deliver(plan(messages), publish);
    for (const [position, record] of records.entries()) {
      const failure = failures.get(position);
      if (failure) fail(record, failure);
    }
    return settle(failedIds);
  };

function logFailure(log: Log, record: SQSRecord, { code, detail }: Rejected | Failure): void {
  log.error("message_failed", {
    code,
    detail,
    message_id: record.messageId,
    receive_count: record.attributes.ApproximateReceiveCount,
  });
}
