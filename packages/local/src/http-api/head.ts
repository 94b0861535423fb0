import type { IncomingMessage } from "node:http";

/**
 * "Total combined size of request line and header values":
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const MAX_HEAD_BYTES = 10_240;

/** The bytes that the quota counts, without header names and separators. Node reads a head as Latin-1, one byte a character. */
export function headBytes({ method = "", url = "", httpVersion, rawHeaders }: IncomingMessage): number {
  const requestLine = `${method} ${url} HTTP/${httpVersion}`;
  const values = rawHeaders.filter((_, index) => index % 2 === 1);
  return values.reduce((bytes, value) => bytes + value.length, requestLine.length);
}
