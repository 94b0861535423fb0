"""Reports the progress of an audit. The environment leads boto3 to the queue."""

import json
import os
import uuid
from datetime import datetime, timezone

import boto3


def send(name, data):
    """Sends one event. Returns its id."""
    event = {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": "/audits",
        "type": name,
        "time": datetime.now(timezone.utc).isoformat(),
        "data": data,
    }
    # Older versions of boto3 do not read AWS_ENDPOINT_URL_SQS themselves.
    sqs = boto3.client("sqs", endpoint_url=os.environ.get("AWS_ENDPOINT_URL_SQS"))
    sqs.send_message(QueueUrl=os.environ["DOMAIN_EVENTS_QUEUE_URL"], MessageBody=json.dumps(event))
    return event["id"]


def report_progress(audit_id, completed, total):
    return send(
        "audit.progress",
        {
            "audit_id": audit_id,
            "completed_steps": completed,
            "total_steps": total,
            "failed_steps": 0,
            "current_phase": "analysis",
        },
    )
