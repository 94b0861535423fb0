import { parseChannel } from "@realtime-gateway/routing";
import type { Context } from "hono";
import { type HttpEnv, type Problem, requestId } from "../http/app.ts";
import type { Log, LogFields } from "../log.ts";

/** A refusal or an outage, and the channel where it was about one. */
export interface Refusal {
  readonly problem: Problem;
  readonly channel?: string;
}

/** Records who was not let in and why, without what they sent. Those alike are one record with their `count`: a batch has up to 100. */
export function logRefusals(refusals: readonly Refusal[], log: Log, context: Context<HttpEnv>): void {
  const counts = new Map<string, { readonly status: number; readonly fields: LogFields; count: number }>();
  for (const { problem, channel } of refusals) {
    const { status, code, reason } = problem;
    const fields = { code, status, kind: channel === undefined ? undefined : kindOf(channel), reason };
    const key = JSON.stringify(fields);
    const alike = counts.get(key);
    if (alike) alike.count += 1;
    else counts.set(key, { status, fields, count: 1 });
  }
  for (const { status, fields, count } of counts.values()) {
    const record = { ...fields, count, request_id: requestId(context) };
    if (status === 401 || status === 403) log.warn("auth_denied", record);
    if (status === 503) log.error("auth_unavailable", record);
  }
}

const kindOf = (channel: string): string => parseChannel(channel)?.channel.kind ?? "unknown";
