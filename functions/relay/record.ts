import type { SQSRecord } from "aws-lambda";

// Hand-made events, as of a console's test button, leave out much of what SQS always sends. Hence the question marks.

/** A FIFO queue's ARN says so. A standard queue may have message groups too, and they bind nothing. */
export const groupOf = ({ eventSourceARN, attributes }: SQSRecord): string | undefined =>
  eventSourceARN?.endsWith(".fifo") ? attributes?.MessageGroupId : undefined;

export const receiveCountOf = ({ attributes }: SQSRecord): string => attributes?.ApproximateReceiveCount ?? "1";
