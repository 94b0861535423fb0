import { decodeEnvelope } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../support/envelopes.ts";
import { acceptedValue, rejectionOf } from "../../support/unwrap.ts";

const JSON_TEXT = '{"audit_id":"a-1","completed_steps":3}';

const envelopes = [
  { envelope: "CloudEvents", write: cloudEvent, context: { id: "evt-1", source: "/audits" } },
  { envelope: "the legacy envelope", write: legacyEnvelope, context: { source: "audit-api" } },
];
const wrappers = [
  { wrapper: "bare", wrap: (message: string) => message },
  { wrapper: "inside SNS", wrap: snsNotification },
  { wrapper: "inside EventBridge", wrap: eventBridgeEvent },
  { wrapper: "inside EventBridge inside SNS", wrap: (message: string) => snsNotification(eventBridgeEvent(message)) },
];
const carriers = envelopes.flatMap((envelope) => wrappers.map((wrapper) => ({ ...envelope, ...wrapper })));

const code = (body: string): string => rejectionOf(decodeEnvelope(body)).code;

describe.each(carriers)("$envelope, $wrapper", ({ write, wrap, context }) => {
  it("returns the name, the data and the context of the event", () => {
    expect(acceptedValue(decodeEnvelope(wrap(write(JSON_TEXT))))).toEqual({
      name: "audit.progress",
      data: { audit_id: "a-1", completed_steps: 3 },
      json: JSON_TEXT,
      time: "2026-03-02T09:00:00Z",
      timeMs: Date.UTC(2026, 2, 2, 9),
      ...context,
    });
  });

  it.each([
    ["white space", '{ "a" :\n\t1 , "b":[ 1 , 2 ] }'],
    ["integers beyond 2^53", '{"n":12345678901234567890}'],
    ["a fraction of nothing", '{"n":1.0,"m":1e2,"z":-0.0}'],
    ["escapes", String.raw`{"a":"\u00e9\/\"\\","b":"\ud83c\udfa7"}`],
    ["half a surrogate pair, escaped", String.raw`{"a":"\ud800"}`],
    ["duplicate keys", '{"a":1,"a":2}'],
    ["numeric keys", '{"b":1,"2":1,"1":1}'],
    ["a key called __proto__", '{"__proto__":{"audit_id":"x"}}'],
    ["braces and quotes in strings", String.raw`{"a":"}\"]","{":"["}`],
    ["beyond the basic plane", '{"a":"🎧"}'],
  ])("keeps the producer's own text: %s", (_, json) => {
    const { json: kept, data } = acceptedValue(decodeEnvelope(wrap(write(json))));
    expect(kept).toBe(json);
    expect(JSON.stringify(data)).toBe(JSON.stringify(JSON.parse(json)));
  });

  it("reads data that is the text of an object in a string", () => {
    const { data, json } = acceptedValue(decodeEnvelope(wrap(write(JSON.stringify('{ "audit_id": "a-1" }')))));
    expect({ data, json }).toEqual({ data: { audit_id: "a-1" }, json: '{ "audit_id": "a-1" }' });
  });

  it.each(["null", "[]", '"[]"', '"text"', "1", "true"])("is invalid when data is %s", (json) => {
    expect(code(wrap(write(json)))).toBe("invalid_event");
  });
});

describe("CloudEvents", () => {
  it("needs the name and data only", () => {
    expect(acceptedValue(decodeEnvelope('{"type":"batch.progress","data":{}}'))).toEqual({
      name: "batch.progress",
      data: {},
      json: "{}",
    });
  });

  it.each(["0.3", "1", "", 1, {}])("of another specversion (%j) is an unknown envelope", (specversion) => {
    expect(code(JSON.stringify({ specversion, type: "audit.progress", data: {} }))).toBe("unknown_envelope");
  });

  it("without a type is an unknown envelope", () => {
    expect(code('{"specversion":"1.0","data":{}}')).toBe("unknown_envelope");
    expect(code('{"specversion":"1.0","type":7,"data":{}}')).toBe("unknown_envelope");
  });

  it("without data is an invalid event", () => {
    expect(code('{"specversion":"1.0","type":"audit.progress"}')).toBe("invalid_event");
  });

  it("ignores an id or source that is no string", () => {
    const event = acceptedValue(decodeEnvelope('{"specversion":"1.0","type":"x","id":1,"source":null,"data":{}}'));
    expect(event).toEqual({ name: "x", data: {}, json: "{}" });
  });

  it("marks a time that it cannot understand", () => {
    const event = acceptedValue(decodeEnvelope('{"specversion":"1.0","type":"x","time":"yesterday","data":{}}'));
    expect(event).toMatchObject({ time: "yesterday", envelopeMismatches: ["time"] });
    expect(event.timeMs).toBeUndefined();
  });

  it("may have null in place of an optional member, specversion among them", () => {
    const absent = { specversion: null, id: null, source: null, time: null };
    const event = acceptedValue(decodeEnvelope(JSON.stringify({ ...absent, type: "audit.progress", data: {} })));
    expect(event).toMatchObject({ name: "audit.progress", id: undefined, source: undefined, time: undefined });
    expect(acceptedValue(decodeEnvelope('{"event":"audit.failed","specversion":null,"data":{}}')).name).toBe(
      "audit.failed",
    );
  });

  it("is distinguished from the legacy envelope by specversion, with any extensions", () => {
    const body = '{"specversion":"1.0","type":"audit.progress","event":"audit.failed","data":{}}';
    expect(acceptedValue(decodeEnvelope(body)).name).toBe("audit.progress");
  });
});

describe("the legacy envelope", () => {
  it("needs the name and data only", () => {
    expect(acceptedValue(decodeEnvelope('{"event":"batch.progress","data":{"total":1}}'))).toEqual({
      name: "batch.progress",
      data: { total: 1 },
      json: '{"total":1}',
    });
  });

  it("without data is an invalid event", () => {
    expect(code('{"event":"audit.progress","timestamp":"2026-03-02T09:00:00Z"}')).toBe("invalid_event");
  });

  it("whose event is no string is an unknown envelope", () => {
    expect(code('{"event":{"name":"audit.progress"},"data":{}}')).toBe("unknown_envelope");
  });

  it("marks a timestamp that it cannot understand", () => {
    const decoded = decodeEnvelope(legacyEnvelope("{}").replace(/"timestamp":"[^"]*"/, '"timestamp":"yesterday"'));
    expect(decoded).toMatchObject({ value: { time: "yesterday", envelopeMismatches: ["timestamp"] } });
  });
});

describe("EventBridge's own form", () => {
  const own = (detail: unknown, detailType = "audit.progress"): string =>
    JSON.stringify({ id: "e-1", source: "app", time: "2026-03-02T09:00:00Z", "detail-type": detailType, detail });

  it("takes the name from detail-type, the payload from detail and the context from the envelope", () => {
    expect(acceptedValue(decodeEnvelope(own({ audit_id: "42" })))).toEqual({
      name: "audit.progress",
      data: { audit_id: "42" },
      json: '{"audit_id":"42"}',
      id: "e-1",
      source: "app",
      time: "2026-03-02T09:00:00Z",
      timeMs: Date.UTC(2026, 2, 2, 9),
    });
  });

  it("reads a detail that is the text of an object in a string", () => {
    expect(acceptedValue(decodeEnvelope(own('{"audit_id":"42"}'))).json).toBe('{"audit_id":"42"}');
  });

  it.each([
    ["a notification with a member data", { type: "info", message: "m", data: {} }, "notification"],
    [
      "an envelope whose name belongs to no family",
      { specversion: "1.0", type: "order.paid", data: {} },
      "notification",
    ],
    ["an envelope without data", { specversion: "1.0", type: "audit.progress" }, "audit.failed"],
  ])("does not mistake %s for an envelope", (_, detail, detailType) => {
    const { name, data } = acceptedValue(decodeEnvelope(own(detail, detailType)));
    expect({ name, data }).toEqual({ name: detailType, data: detail });
  });

  it("prefers a whole envelope in detail to detail-type", () => {
    const detail = { specversion: "1.0", type: "audit.failed", data: { audit_id: "42" } };
    expect(acceptedValue(decodeEnvelope(own(detail, "realtime"))).name).toBe("audit.failed");
  });

  it("names the event when detail is no object", () => {
    expect(rejectionOf(decodeEnvelope(own(7)))).toMatchObject({ code: "invalid_event", event: "audit.progress" });
  });
});

describe("a byte-order mark", () => {
  it("is skipped in front of the body, of an SNS Message and of data", () => {
    const marked = `\ufeff${snsNotification(`\ufeff${cloudEvent(JSON.stringify('\ufeff{"a":1}'))}`)}`;
    expect(acceptedValue(decodeEnvelope(marked)).json).toBe('{"a":1}');
  });
});

describe("an envelope's own members", () => {
  it("may stand in any order and with any white space", () => {
    const body = ' \r\n{ "data" : {"a" : 1} ,\t"type":"audit.progress" , "specversion" : "1.0" } \n';
    expect(acceptedValue(decodeEnvelope(body)).json).toBe('{"a" : 1}');
  });

  it("count by their last occurrence, as in JSON.parse", () => {
    const body = '{"event":"audit.failed","event":"audit.progress","data":{"old":1},"data":{"new":1}}';
    expect(acceptedValue(decodeEnvelope(body))).toEqual({
      name: "audit.progress",
      data: { new: 1 },
      json: '{"new":1}',
    });
  });

  it("may be written with escapes", () => {
    const body = String.raw`{"ev\u0065nt":"audit.progress","\u0064ata":{"a":1}}`;
    expect(acceptedValue(decodeEnvelope(body)).json).toBe('{"a":1}');
  });

  it("do not hide in strings", () => {
    const body = String.raw`{"source":"\",\"data\":{\"forged\":1},\"x\":\"","event":"audit.progress","data":{"a":1}}`;
    expect(acceptedValue(decodeEnvelope(body)).json).toBe('{"a":1}');
  });

  it("are not inherited from __proto__", () => {
    expect(code('{"__proto__":{"event":"audit.progress","data":{}}}')).toBe("unknown_envelope");
  });
});

describe("what cannot be understood", () => {
  it.each(["", " ", "{", "not json", "{'a':1}", '{"a":1}}', "undefined"])("%j is invalid_json", (body) => {
    expect(code(body)).toBe("invalid_json");
  });

  it.each([
    "null",
    "[]",
    "1",
    '"text"',
    "{}",
    '{"type":"audit.progress"}',
    '{"data":{}}',
    '{"event":null,"data":{}}',
    '{"audit_id":"42","completed_steps":1}',
    '{"Type":"SubscriptionConfirmation","Token":"t","Message":"You have chosen to subscribe"}',
    '{"Type":"Notification","Message":{}}',
  ])("%s is an unknown envelope", (body) => {
    expect(code(body)).toBe("unknown_envelope");
  });

  it("is named as SNS's when the notification holds no JSON", () => {
    const { code, detail } = rejectionOf(decodeEnvelope(snsNotification("not json")));
    expect({ code, detail }).toEqual({
      code: "invalid_json",
      detail: "the SNS Message is not JSON: an error at position 1",
    });
  });

  it("is an unknown envelope when SNS wraps it again and again", () => {
    expect(code(snsNotification(snsNotification(snsNotification(cloudEvent("{}")))))).toBe("unknown_envelope");
  });

  it("is described without any value of it", () => {
    const secret = "s3cr3t";
    for (const body of [secret, `"${secret}"`, `{"specversion":"${secret}"}`, legacyEnvelope(`"${secret}"`, secret)])
      expect(rejectionOf(decodeEnvelope(body)).detail).not.toContain(secret);
  });
});

describe("half a surrogate pair in the message's own text", () => {
  it("becomes an escape, as UTF-8 cannot carry it", () => {
    const event = acceptedValue(decodeEnvelope(legacyEnvelope('{"a":"x\ud800y","b":"🎧"}')));
    expect(event.json).toBe(String.raw`{"a":"x\ud800y","b":"🎧"}`);
    expect(event.data).toEqual({ a: "x\ud800y", b: "🎧" });
  });

  it("becomes an escape also when SNS has unwrapped it", () => {
    const body = String.raw`{"Type":"Notification","Message":"{\"event\":\"notification\",\"data\":{\"a\":\"\udc00\"}}"}`;
    expect(acceptedValue(decodeEnvelope(body)).json).toBe(String.raw`{"a":"\udc00"}`);
  });
});

it("reads a message of 1 MiB", () => {
  const json = JSON.stringify({ text: '\\"{[🎧'.repeat(90_000) });
  expect(acceptedValue(decodeEnvelope(cloudEvent(json))).json).toBe(json);
});
