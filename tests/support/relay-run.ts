import { createRelay, type RelayDeps } from "../../functions/relay/relay.ts";
import { cloudEvent } from "./envelopes.ts";
import { type Answer, fakePublish } from "./fake-publish.ts";
import { recordedLog } from "./recorded-log.ts";
import { sqsEvent } from "./sqs-record.ts";

export const relayConfig: RelayDeps["config"] = { form: "private", maxPayloadBytes: 9000 };

interface Setup {
  readonly answer?: Answer;
  readonly config?: Partial<RelayDeps["config"]>;
}

/** One invocation of the relay with those messages (id → body): what failed, what was published, what was logged. */
export async function relay(bodies: Readonly<Record<string, string>>, { answer, config }: Setup = {}) {
  const { log, records } = recordedLog();
  const { publish, calls } = fakePublish(answer);
  const handler = createRelay({ config: { ...relayConfig, ...config }, publish, log });
  const { batchItemFailures } = await handler(sqsEvent(bodies));
  return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), calls, records };
}

/** A message of `audit.progress` about that audit; `more` is source text of further fields. */
export const progress = (id: string, more = ""): string =>
  cloudEvent(
    `{"audit_id":"${id}","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"${more}}`,
  );

export const channelsOf = (calls: readonly (readonly { readonly channel: string }[])[]): readonly string[][] =>
  calls.map((entries) => entries.map(({ channel }) => channel));
