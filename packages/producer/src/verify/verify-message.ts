import {
  decodeEnvelope,
  definitionOf,
  describeMismatch,
  mismatchOf,
  nearestName,
  withoutNulls,
} from "@realtime-gateway/events";
import { type ChannelForm, guard, route, utf8Bytes } from "@realtime-gateway/routing";
import { MAX_BYTES } from "../message-text.ts";

/** The settings of the gateway that decide about a message. */
export interface VerifySettings {
  readonly form: ChannelForm;
  readonly limitBytes: number;
}

/** SQS would not accept the message (`too_large`), or the gateway would dead-letter it. */
export interface RejectedVerdict {
  readonly valid: false;
  readonly code: string;
  readonly detail: string;
}

/** The gateway would publish the event. */
export interface PublishedVerdict {
  /** False if the payload does not match its schema: then the gateway publishes it with a warning. */
  readonly valid: boolean;
  readonly event: string;
  /** False if the catalog does not list the name. `nearest` is the listed name that it may mean. */
  readonly listed: boolean;
  readonly nearest?: string;
  readonly channels: readonly string[];
  /** The size of the payload as written, and as browsers get it, in UTF-8 bytes. */
  readonly payloadBytes: number;
  readonly publishedBytes: number;
  readonly truncated: boolean;
  /** Where the payload does not match its schema: path, expected, got. */
  readonly mismatches: readonly string[];
}

export type Verdict = RejectedVerdict | PublishedVerdict;

const MAX_MISMATCHES = 10;

/** Reads the body of a queue message with the code of the gateway. */
export function verifyMessage(body: string, { form, limitBytes }: VerifySettings): Verdict {
  const bodyBytes = utf8Bytes(body);
  if (bodyBytes > MAX_BYTES)
    return {
      valid: false,
      code: "too_large",
      detail: `SQS accepts ${MAX_BYTES} bytes at most, and the body has ${bodyBytes}`,
    };
  const decoded = decodeEnvelope(body);
  if (!decoded.ok) return { valid: false, code: decoded.code, detail: decoded.detail };
  const event = decoded.value;
  const routed = route(event, form);
  if (!routed.ok) return { valid: false, code: routed.code, detail: routed.detail };
  const { channels, idFields } = routed.value;
  const guarded = guard(event, { form, limitBytes, idFields });
  if (!guarded.ok) return { valid: false, code: guarded.code, detail: guarded.detail };
  const definition = definitionOf(event.name);
  const issues = definition?.schema.safeParse(withoutNulls(event.data)).error?.issues ?? [];
  const mismatches = issues.slice(0, MAX_MISMATCHES).map((issue) => describeMismatch(mismatchOf(issue, event.data)));
  const nearest = definition === undefined ? nearestName(event.name) : undefined;
  const { originalBytes: payloadBytes, bytes: publishedBytes, truncated } = guarded.value;
  return {
    valid: mismatches.length === 0,
    event: event.name,
    listed: definition !== undefined,
    ...(nearest !== undefined && { nearest }),
    channels,
    payloadBytes,
    publishedBytes,
    truncated,
    mismatches,
  };
}
