/** What every stage has in common, each with its reason. */

/** Room for four attempts at a silent Pusher, and for what is left to be reported. */
export const RELAY_TIMEOUT_SECONDS = 30;

/** An HTTP API waits for 30 s: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const HTTP_TIMEOUT_SECONDS = 10;

/** Six times the function's timeout: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const VISIBILITY_TIMEOUT_SECONDS = 6 * RELAY_TIMEOUT_SECONDS;

/** The same page: five at least, as a throttled function counts as a receive. */
export const MAX_RECEIVES = 5;

/** A function's name has 64 characters: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const MAX_STAGE_LENGTH = 64 - "realtime-gateway--test-event".length;

const DAY_SECONDS = 24 * 60 * 60;

/** SQS' own default: long enough for a weekend's outage. */
export const QUEUE_RETENTION_SECONDS = 4 * DAY_SECONDS;

/** The longest there is. On a standard queue a dead letter keeps the age it had. */
export const DLQ_RETENTION_SECONDS = 14 * DAY_SECONDS;
