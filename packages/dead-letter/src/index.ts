export type { ReadDeadLetter } from "./read.ts";
export { readDeadLetter } from "./read.ts";
export type { DeadLetterReason } from "./reason.ts";
export { REASON_ATTRIBUTE } from "./reason.ts";
export type { SqsAttribute, SqsAttributes, SqsMessage } from "./sqs-message.ts";
export { MAX_ATTRIBUTES, MAX_MESSAGE_BYTES, messageBytes } from "./sqs-message.ts";
export type { WrittenDeadLetter } from "./write.ts";
export { writeDeadLetter } from "./write.ts";
