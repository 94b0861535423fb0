"""Uses the local queue with boto3, and prints what it got as JSON. Fails if a digest is wrong."""

import hashlib
import json
import struct
import sys

import boto3
import botocore
from botocore.exceptions import ClientError

queue_url, = sys.argv[1:]
sqs = boto3.client("sqs", endpoint_url="/".join(queue_url.split("/")[:3]))


def md5_of(text):
    return hashlib.md5(text.encode()).hexdigest()


def md5_of_attributes(attributes):
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html"""
    digest = hashlib.md5()
    for name, attribute in sorted(attributes.items()):
        binary = attribute["DataType"].startswith("Binary")
        value = attribute["BinaryValue"] if binary else attribute["StringValue"].encode()
        for part in (name.encode(), attribute["DataType"].encode()):
            digest.update(struct.pack(">I", len(part)) + part)
        digest.update(b"\x02" if binary else b"\x01")
        digest.update(struct.pack(">I", len(value)) + value)
    return digest.hexdigest()


def error_code(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


BODY = 'a\r\n\tb & <c> "d" + é € %41 \U0001F642'
ATTRIBUTES = {
    "tenant": {"DataType": "String", "StringValue": "a&b=c"},
    "size": {"DataType": "Number.int", "StringValue": "12"},
    "raw": {"DataType": "Binary", "BinaryValue": b"\x00\xff+/"},
}

sent = sqs.send_message(QueueUrl=queue_url, MessageBody=BODY, MessageAttributes=ATTRIBUTES)
assert sent["MD5OfMessageBody"] == md5_of(BODY), "MD5OfMessageBody"
assert sent["MD5OfMessageAttributes"] == md5_of_attributes(ATTRIBUTES), "MD5OfMessageAttributes"

received = sqs.receive_message(
    QueueUrl=queue_url, WaitTimeSeconds=5, AttributeNames=["All"], MessageAttributeNames=["All"]
)["Messages"]
assert len(received) == 1, "one message"
message = received[0]
assert message["Body"] == BODY, "Body"
assert message["MD5OfBody"] == md5_of(BODY), "MD5OfBody"
assert message["MessageAttributes"] == ATTRIBUTES, "MessageAttributes"
assert message["MD5OfMessageAttributes"] == md5_of_attributes(ATTRIBUTES), "MD5OfMessageAttributes"
assert message["Attributes"]["ApproximateReceiveCount"] == "1", "Attributes"
handle = message["ReceiptHandle"]
sqs.change_message_visibility(QueueUrl=queue_url, ReceiptHandle=handle, VisibilityTimeout=60)
sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=handle)

batch = sqs.send_message_batch(
    QueueUrl=queue_url,
    Entries=[
        {"Id": "one", "MessageBody": "first", "MessageAttributes": ATTRIBUTES},
        {"Id": "two", "MessageBody": "second"},
        {"Id": "bad", "MessageBody": "\uffff"},
    ],
)
assert batch["Successful"][0]["MD5OfMessageAttributes"] == md5_of_attributes(ATTRIBUTES), "batch"

print(
    json.dumps(
        {
            "protocol": sqs.meta.service_model.metadata["protocol"],
            "version": botocore.__version__,
            "messageId": sent["MessageId"] == message["MessageId"],
            "queueUrl": sqs.get_queue_url(QueueName=queue_url.split("/")[-1])["QueueUrl"],
            "queues": len(sqs.list_queues()["QueueUrls"]),
            "waiting": sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["All"])["Attributes"][
                "ApproximateNumberOfMessages"
            ],
            "successful": [entry["Id"] for entry in batch["Successful"]],
            "failed": [[entry["Id"], entry["Code"], entry["SenderFault"]] for entry in batch["Failed"]],
            "noSuchQueue": error_code(sqs.get_queue_url, QueueName="nothing"),
            "emptyBody": error_code(sqs.send_message, QueueUrl=queue_url, MessageBody=""),
            "twoOfOneId": error_code(
                sqs.send_message_batch,
                QueueUrl=queue_url,
                Entries=[{"Id": "a", "MessageBody": "1"}, {"Id": "a", "MessageBody": "2"}],
            ),
        }
    )
)
