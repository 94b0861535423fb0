import { utf8Bytes } from "@realtime-gateway/routing";

/** SQS: one message, and one request, have at most 1 MiB with attributes (SendMessageBatch API reference). */
export const MAX_BYTES = 1_048_576;

/** SQS: at most ten attributes (SendMessage API reference). */
export const MAX_ATTRIBUTES = 10;

/** Text attributes of a message. A dead letter keeps them. */
export type Attributes = Readonly<Record<string, string>>;

/** Characters that JSON allows and SQS does not. `JSON.stringify` escapes all others that SQS does not accept. */
const NOT_ACCEPTED = /[\ufffe\uffff]/g;

/** JSON text with the same value that SQS accepts. These characters can only be inside of strings. */
export const escapeForSqs = (json: string): string =>
  json.replace(NOT_ACCEPTED, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

const TYPE_BYTES = "String".length;

/** SQS counts the name, the type and the value of each attribute. */
export const attributeBytes = (attributes: Attributes): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + utf8Bytes(name) + TYPE_BYTES + utf8Bytes(value), 0);
