/** AWS rejects these characters in a body: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const NOT_ACCEPTED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * fauxqs 2.4.1 rejects characters beyond U+FFFF, because its pattern does not support surrogate pairs. AWS accepts them,
 * emoji for example. Both send actions of fauxqs use one pattern object, so a replaced method changes both
 * (docs/decisions/002).
 */
export async function acceptWhatAwsAccepts(): Promise<void> {
  const path = new URL("sqs/sqsTypes.js", import.meta.resolve("fauxqs")).href;
  const { INVALID_MESSAGE_BODY_CHAR }: { INVALID_MESSAGE_BODY_CHAR: RegExp } = await import(path);
  INVALID_MESSAGE_BODY_CHAR.test = (text) => NOT_ACCEPTED.test(text);
}
