import { isJsonObject, type JsonObject, parseJson } from "./json-value.ts";

const S3_POINTERS = new Set([
  "software.amazon.payloadoffloading.PayloadS3Pointer",
  "com.amazon.sqs.javamessaging.MessageS3Pointer",
]);
/** Attribute names of the CloudEvents bindings for binary mode. */
const BINARY_MODE = /^(?:ce[-_]|cloudEvents[:_])/i;

const FORMATS =
  "the body is neither CloudEvents 1.0 (type, data) nor the legacy envelope (event, data) nor EventBridge's form (detail-type, detail)";

/** The likely reason why a JSON body is no envelope, in words that hold no value of it. */
export function likelyCause(value: unknown, attributeNames: readonly string[]): string {
  const cause =
    typeof value === "string"
      ? textCause(value)
      : Array.isArray(value)
        ? arrayCause(value)
        : isJsonObject(value)
          ? objectCause(value)
          : undefined;
  if (cause !== undefined) return cause;
  if (attributeNames.some((name) => BINARY_MODE.test(name)))
    return "a CloudEvent in binary mode: its attributes are message attributes. Send structured mode, the whole event in the body";
  return FORMATS;
}

function textCause(text: string): string {
  const inner = parseJson(text);
  return inner.ok && isJsonObject(inner.value)
    ? "the body is encoded twice: send the JSON object, not a string that contains it"
    : "the body is a JSON string, not an object";
}

function arrayCause(values: readonly unknown[]): string {
  const [first, second] = values;
  if (typeof first === "string" && S3_POINTERS.has(first) && isJsonObject(second))
    return "a pointer to S3, as the extended client library writes it: the gateway does not read S3. Send the event itself";
  if (isJsonObject(first) && "specversion" in first) return "a batch of CloudEvents: send one event per message";
  return "the body is an array: send one event per message";
}

function objectCause(value: JsonObject): string | undefined {
  if (value.Event === "s3:TestEvent")
    return "the test event of an S3 notification: remove the queue from the bucket's notifications";
  if (Array.isArray(value.Records)) return recordsCause(value.Records);
  if (value.Type === "SubscriptionConfirmation" || value.Type === "UnsubscribeConfirmation")
    return "a confirmation of SNS: confirm the subscription with SNS's own API";
  if ("default" in value && Object.values(value).every((each) => typeof each === "string"))
    return 'SNS\'s structure for several protocols (`{"default": …}`): publish with MessageStructure=json, or send the event itself';
  if (typeof value.pattern === "string" && "data" in value)
    return "a message of NestJS (pattern, data): name the fields type and data";
  if (typeof value.name === "string" && "data" in value)
    return "an event of Inngest (name, data): name the fields type and data";
  return undefined;
}

function recordsCause(records: readonly unknown[]): string {
  const [first] = records;
  return isJsonObject(first) && first.eventSource === "aws:s3"
    ? "a notification of S3: the gateway reads domain events only"
    : "a batch of another AWS service: send one domain event per message";
}
