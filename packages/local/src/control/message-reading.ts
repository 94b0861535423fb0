import { describeMismatch, idTextOf } from "@realtime-gateway/events";
import { decode, guard, type ReadConfig, route } from "@realtime-gateway/functions/relay/read";
import { type ExplainedRoute, routesOf } from "@realtime-gateway/operations/explain";
import { utf8Bytes } from "@realtime-gateway/routing";
import type { SQSRecord } from "aws-lambda";
import { envelopeForm } from "./envelope-form.ts";

/** All that the modules of the relay find in a message, before the relay has it. */
export interface MessageReading {
  readonly form: string;
  readonly name?: string;
  readonly id?: string;
  readonly source?: string;
  readonly time?: string;
  readonly routes: readonly ExplainedRoute[];
  readonly mismatches: readonly string[];
  /** The JSON text of the payload as sent, and as browsers get it. */
  readonly sent?: string;
  readonly published?: string;
  readonly bytes?: number;
  /** Missing if the payload fits. */
  readonly truncatedFromBytes?: number;
  /** The relay recognizes duplicates by it. */
  readonly key?: string;
}

/** Reads a message with the modules of the relay. */
export function readMessage(record: SQSRecord, config: ReadConfig): MessageReading {
  const form = envelopeForm(record.body);
  const decoded = decode(record);
  if (decoded.kind === "rejected") return { form, ...name(decoded.rejection.event), routes: [], mismatches: [] };
  const { event } = decoded;
  const found = {
    form,
    name: event.name,
    ...(event.id !== undefined && { id: event.id }),
    ...(event.source !== undefined && { source: event.source }),
    ...(event.time !== undefined && { time: event.time }),
    sent: event.json,
  };
  const message = guard(route(decoded, config), config);
  if (message.kind === "rejected") return { ...found, routes: [], mismatches: [] };
  const { channels, idFields, json, truncatedFromBytes, validation, key } = message;
  return {
    ...found,
    routes: routesOf(channels, idFields, (field) => idTextOf(event, field)),
    mismatches: validation.kind === "differs" ? validation.mismatches.map(describeMismatch) : [],
    published: json,
    bytes: utf8Bytes(json),
    ...(truncatedFromBytes !== undefined && { truncatedFromBytes }),
    ...(key !== undefined && { key }),
  };
}

const name = (event: string | undefined) => (event === undefined ? {} : { name: event });
