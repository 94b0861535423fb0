import { type DomainEvent, decodeEnvelope, entityOf } from "@realtime-gateway/events";
import { guard, route } from "@realtime-gateway/routing";
import type { EverySetting } from "@realtime-gateway/settings";
import type { SQSRecord } from "aws-lambda";
import type { ReportedChannel } from "./event-report.ts";

export type WatchSettings = Pick<EverySetting, "form" | "maxPayloadBytes" | "dryRun" | "maxEventAgeSeconds">;

/** A message that the relay has, and its publications so far. */
export interface OpenMessage {
  readonly messageId: string;
  readonly body: string;
  readonly sentAtMs: number;
  /** `undefined`: the message is no event. */
  readonly name: string | undefined;
  /** `undefined`: the relay cannot read or route it. */
  readonly event: ReadableEvent | undefined;
  /** The reason, if there is no event. */
  readonly code: string | undefined;
  readonly published: ReportedChannel[];
  publishedAtMs: number | undefined;
  bytes: number | undefined;
}

interface ReadableEvent {
  readonly id: string | undefined;
  readonly json: string;
  readonly channels: readonly string[];
  readonly entity: string | undefined;
  readonly timeMs: number | undefined;
  readonly truncated: boolean;
}

/** Reads a message with the modules of the relay. */
export function openMessage(
  { messageId, body, attributes, messageAttributes }: SQSRecord,
  settings: WatchSettings,
): OpenMessage {
  const decoded = decodeEnvelope(body, Object.keys(messageAttributes ?? {}));
  const read = decoded.ok ? readEvent(decoded.value, settings) : decoded;
  return {
    messageId,
    body,
    sentAtMs: Number(attributes.SentTimestamp),
    name: decoded.ok ? decoded.value.name : undefined,
    event: "code" in read ? undefined : read,
    code: "code" in read ? read.code : undefined,
    published: [],
    publishedAtMs: undefined,
    bytes: undefined,
  };
}

function readEvent(event: DomainEvent, { form, maxPayloadBytes }: WatchSettings) {
  const routed = route(event, form);
  if (!routed.ok) return routed;
  const { channels, idFields } = routed.value;
  const guarded = guard(event, { form, limitBytes: maxPayloadBytes, idFields });
  const { id, json, timeMs } = event;
  const truncated = guarded.ok && guarded.value.truncated;
  return { id, json, channels, entity: entityOf(event), timeMs, truncated } satisfies ReadableEvent;
}
