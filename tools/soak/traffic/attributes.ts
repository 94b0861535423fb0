import type { SqsAttribute, SqsAttributes } from "@realtime-gateway/dead-letter";
import type { Dice } from "../dice.ts";

/** Attributes that producers and tracing libraries add. Some have the names of a dead letter's own fields. */
const ATTRIBUTES: readonly (readonly [name: string, attribute: SqsAttribute])[] = [
  ["traceparent", { DataType: "String", StringValue: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }],
  ["code", { DataType: "String", StringValue: "a producer's own code" }],
  ["detail", { DataType: "String", StringValue: "été 🙂" }],
  ["event", { DataType: "String", StringValue: "something.else" }],
  ["attempt", { DataType: "Number", StringValue: "3" }],
  ["signature", { DataType: "Binary", BinaryValue: Buffer.from([0, 1, 254, 255]) }],
  ["tenant", { DataType: "String", StringValue: "acme" }],
  ["vendor", { DataType: "String", StringValue: "vendor=1" }],
  ["content-type", { DataType: "String", StringValue: "application/json" }],
  ["baggage", { DataType: "String", StringValue: "user=7,region=fr" }],
];

/** The share of messages with attributes. */
const WITH_ATTRIBUTES = 0.3;

/** None to ten attributes. With ten, SQS has no room for the reason of a dead letter. */
export function attributesOf(dice: Dice): SqsAttributes {
  if (!dice.chance(WITH_ATTRIBUTES)) return {};
  return Object.fromEntries(ATTRIBUTES.slice(0, 1 + dice.below(ATTRIBUTES.length)));
}
