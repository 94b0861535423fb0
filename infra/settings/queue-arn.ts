const AWS_QUEUE = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/(\d{12})\/([\w-]+(?:\.fifo)?)$/;

/** The ARN of the queue with this URL; `undefined` if the queue is not on AWS. */
export function queueArn(url: string): string | undefined {
  const match = AWS_QUEUE.exec(url);
  if (match === null) return undefined;
  const [, region = "", china, account = "", name = ""] = match;
  const partition = china ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}
