/** The part of the SDK that every service with a producer loads. */
export { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
