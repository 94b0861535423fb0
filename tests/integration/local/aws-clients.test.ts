import { describe, expect, it } from "vitest";
import { awsSqs, boto3Session, installedAwsCli, installedBoto3 } from "../../support/aws-clients.ts";
import { openQueue } from "../../support/local-queue.ts";

/** A Python process or the AWS CLI starts in a second. On a machine under load it takes many. */
const TIMEOUT_MS = 120_000;

const boto3 = await installedBoto3();
const awsCli = await installedAwsCli();
if (boto3.length === 0) console.warn("SKIPPED: no boto3 on this machine (Debian: apt-get install python3-boto3)");
if (awsCli.length === 0) console.warn("SKIPPED: no AWS CLI on this machine (Debian: apt-get install awscli)");

describe.skipIf(boto3.length === 0)("boto3", { timeout: TIMEOUT_MS }, () => {
  it.each(boto3)("sends, receives and deletes messages with the digests of AWS: $version", async (python) => {
    const { queue } = await openQueue();
    expect(await boto3Session(python, queue)).toMatchObject({
      messageId: true,
      queueUrl: queue.queueUrl,
      queues: 2,
      waiting: "2",
      successful: ["one", "two"],
      failed: [["bad", "InvalidMessageContents", true]],
      noSuchQueue: "AWS.SimpleQueueService.NonExistentQueue",
      emptyBody: expect.stringMatching(/MissingParameter$/),
      twoOfOneId: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    });
  });

  it.each(boto3)("sends messages that another SDK receives: $version", async (python) => {
    const { queue, receive } = await openQueue();
    await boto3Session(python, queue);
    const bodies = [...(await receive(queue.queueUrl)), ...(await receive(queue.queueUrl))].map(({ Body }) => Body);
    expect(bodies.toSorted()).toEqual(["first", "second"]);
  });
});

describe.skipIf(awsCli.length === 0)("the AWS CLI", { timeout: TIMEOUT_MS }, () => {
  const body = '{"type":"notification","data":{"type":"info","message":"à & <b>"}}';

  it.each(awsCli)("sends a message with an attribute: $version", async (aws) => {
    const { queue, receive } = await openQueue();
    const flags = ["--queue-url", queue.queueUrl, "--message-body", body];
    const attributes = ["--message-attributes", "tenant={DataType=String,StringValue=a}"];
    const { MessageId } = Object(await awsSqs(aws, queue, ["send-message", ...flags, ...attributes]));
    expect(await receive(queue.queueUrl)).toMatchObject([{ MessageId, Body: body }]);
  });

  it.each(awsCli)("receives, deletes and purges: $version", async (aws) => {
    const { queue, send, attributes } = await openQueue();
    await send({ MessageBody: body });
    await send({ MessageBody: body });
    const ofQueue = ["--queue-url", queue.queueUrl];
    const { Messages } = Object(await awsSqs(aws, queue, ["receive-message", ...ofQueue]));
    expect(Messages).toMatchObject([{ Body: body }]);
    const [{ ReceiptHandle }] = Messages;
    await awsSqs(aws, queue, ["delete-message", ...ofQueue, "--receipt-handle", ReceiptHandle]);
    await awsSqs(aws, queue, ["purge-queue", ...ofQueue]);
    expect(await attributes(queue.queueUrl)).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
    });
  });
});
