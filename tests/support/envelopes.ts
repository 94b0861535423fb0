/** Queue messages as producers and brokers write them. `json` is the source text of the payload. */

export const cloudEvent = (json: string, type = "audit.progress"): string =>
  `{"specversion":"1.0","id":"evt-1","source":"/audits","type":${JSON.stringify(type)},` +
  `"time":"2026-03-02T09:00:00Z","datacontenttype":"application/json","data":${json}}`;

export const legacyEnvelope = (json: string, event = "audit.progress"): string =>
  `{"event":${JSON.stringify(event)},"timestamp":"2026-03-02T09:00:00Z","source":"audit-api","data":${json}}`;

/** An SNS notification without raw message delivery. */
export const snsNotification = (message: string): string =>
  JSON.stringify({
    Type: "Notification",
    MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    TopicArn: "arn:aws:sns:eu-west-3:123456789012:domain-events",
    Subject: "domain event",
    Message: message,
    Timestamp: "2026-03-02T09:00:01.000Z",
    SignatureVersion: "1",
    Signature: "EXAMPLE",
    MessageAttributes: { event: { Type: "String", Value: "ignored" } },
  });

/** An EventBridge event; `detail` is source text, as EventBridge embeds it. */
export const eventBridgeEvent = (detail: string): string =>
  `{"version":"0","id":"6a7e8feb","detail-type":"domain event","source":"platform.audits","account":"123456789012",` +
  `"time":"2026-03-02T09:00:01Z","region":"eu-west-3","resources":[],"detail":${detail}}`;
