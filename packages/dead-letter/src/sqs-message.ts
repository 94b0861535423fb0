/** A message attribute in the shape of the AWS SDK's `MessageAttributeValue`. */
export interface SqsAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type SqsAttributes<A extends SqsAttribute = SqsAttribute> = Readonly<Record<string, A>>;

/** The part of an SQS message that its producer wrote. */
export interface SqsMessage<A extends SqsAttribute = SqsAttribute> {
  readonly body: string;
  readonly attributes: SqsAttributes<A>;
}

/** Limits of a message (SendMessage API reference). The size counts the body and all attributes. */
export const MAX_ATTRIBUTES = 10;
export const MAX_MESSAGE_BYTES = 1_048_576;

const utf8 = new TextEncoder();
export const utf8Length = (text: string): number => utf8.encode(text).length;

/** The size of a message as SQS counts it: the body, and the name, type and value of every attribute. */
export function messageBytes({ body, attributes }: SqsMessage): number {
  let bytes = utf8Length(body);
  for (const [name, { DataType = "", StringValue = "", BinaryValue }] of Object.entries(attributes))
    bytes += utf8Length(name + DataType + StringValue) + (BinaryValue?.byteLength ?? 0);
  return bytes;
}

export function withoutAttributes<A extends SqsAttribute>(
  attributes: SqsAttributes<A>,
  names: ReadonlySet<string>,
): SqsAttributes<A> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.has(name)));
}
