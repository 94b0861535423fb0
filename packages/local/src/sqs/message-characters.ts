/** What AWS refuses in a body: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * fauxqs 2.4.1 takes no characters beyond U+FFFF, as its own pattern knows no surrogate pairs; AWS takes them, and people
 * write emoji. The pattern is an object that both of its senders ask, and so can be taught. (docs/decisions/002)
 */
export async function acceptWhatAwsAccepts(): Promise<void> {
  const path = new URL("sqs/sqsTypes.js", import.meta.resolve("fauxqs")).href;
  const { INVALID_MESSAGE_BODY_CHAR }: { INVALID_MESSAGE_BODY_CHAR: RegExp } = await import(path);
  INVALID_MESSAGE_BODY_CHAR.test = (text) => REFUSED.test(text);
}
