/** The pure part of the relay, as a function of its own: decode, route, guard, plan; and what it does while Pusher is awaited. */
import { plan } from "@realtime-gateway/routing";
import type { SQSEvent } from "aws-lambda";
import { createDriftWatch } from "../../../functions/relay/drift.ts";
import { prepare } from "../../../functions/relay/prepare.ts";

const config = { form: "private", maxPayloadBytes: 9000, validation: "tolerant" } as const;
const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function handler({ Records }: SQSEvent): Promise<number> {
  const drift = createDriftWatch(noLog);
  const messages = Records.map(({ body }) => {
    const prepared = prepare(body, config, noLog);
    if (!prepared.ok) throw new Error(prepared.detail);
    drift.add(prepared.value.event);
    return prepared.value.message;
  });
  return plan(messages).length + drift.finish();
}
