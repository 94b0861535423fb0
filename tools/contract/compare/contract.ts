import { schemaFile } from "@realtime-gateway/events/event-schema";
import { isSchema, type JsonSchema } from "@realtime-gateway/events/json-schema";
import { parse } from "yaml";
import { ASYNCAPI, SCHEMAS_FOLDER } from "../documents.ts";

/** What the documents of one version promise about one event. */
export interface EventContract {
  readonly schema: JsonSchema;
  /** Each kind of channel, with the fields that may carry its id. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  /** In words, such as "`operation_type` and `batch_id`". Absent for an event that replaces nothing. */
  readonly entity?: string;
}

/** The events of one version, by name. */
export type Contract = ReadonlyMap<string, EventContract>;

/** Reads a document below the contract's folder. `undefined` if there is none. */
export type ReadDocument = (path: string) => Promise<string | undefined>;

/** Reads the contract documents of one version. Returns `undefined` if the version has none. */
export async function readContract(read: ReadDocument): Promise<Contract | undefined> {
  const text = await read(ASYNCAPI);
  if (text === undefined) return undefined;
  const events = published(parse(text));
  return new Map(await Promise.all(events.map(async (event) => eventContract(event, read))));
}

interface PublishedEvent {
  readonly name: string;
  readonly message: JsonSchema;
}

/** The messages that carry an event: the queue's envelopes have no channels. */
function published(document: unknown): readonly PublishedEvent[] {
  const messages = memberOf(memberOf(document, "components"), "messages");
  return Object.entries(isSchema(messages) ? messages : {}).flatMap(([name, message]) =>
    isSchema(message) && "x-channels" in message ? [{ name, message }] : [],
  );
}

async function eventContract(
  { name, message }: PublishedEvent,
  read: ReadDocument,
): Promise<readonly [string, EventContract]> {
  const schema: unknown = JSON.parse((await read(`${SCHEMAS_FOLDER}/${schemaFile(name)}`)) ?? "{}");
  const entity = entityOf(message["x-latest-wins-entity"]);
  const contract = { schema: isSchema(schema) ? schema : {}, channels: channelsOf(message["x-channels"]) };
  return [name, entity === undefined ? contract : { ...contract, entity }];
}

const channelsOf = (value: unknown): ReadonlyMap<string, readonly string[]> =>
  new Map(listOf(value).map((channel) => [String(memberOf(channel, "kind")), textsOf(memberOf(channel, "fields"))]));

function entityOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const choices = listOf(value).map((ids) => listOf(ids).map((spellings) => inWords(textsOf(spellings), " or ")));
  return choices.map((ids) => ids.join(" and ")).join(", else ");
}

const inWords = (fields: readonly string[], join: string): string => fields.map((field) => `\`${field}\``).join(join);

const memberOf = (value: unknown, name: string): unknown => (isSchema(value) ? value[name] : undefined);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): readonly string[] => listOf(value).map(String);
