/** The pure part of the relay as a function of its own: decode, route, guard, plan. */
import { plan } from "@realtime-gateway/routing";
import type { SQSEvent } from "aws-lambda";
import { decode, guard, route } from "../../../functions/relay/read.ts";

const config = { form: "private", maxPayloadBytes: 9000, validation: "tolerant", stamp: false } as const;

export async function handler({ Records }: SQSEvent): Promise<number> {
  const messages = Records.map((record) => {
    const message = guard(route(decode(record), config), config);
    if (message.kind === "rejected") throw new Error(message.rejection.detail);
    return message;
  });
  return plan(messages).length;
}
