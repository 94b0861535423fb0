import type { SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import type { OutgoingDeadLetter } from "../../../../functions/relay/dead-letters.ts";
import { published } from "../../../support/fake-publish.ts";
import { progress, relayWith } from "../../../support/relay-run.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const received = (record: SQSRecord, times: number): SQSRecord => ({
  ...record,
  attributes: { ...record.attributes, ApproximateReceiveCount: String(times) },
});

/** No message triggers a bug today. Attributes that throw when they are first read take its place. */
function buggy(times: number, record = sqsRecord): SQSRecord {
  let reads = 0;
  return {
    ...received(record("bad", progress("7")), times),
    get messageAttributes() {
      reads += 1;
      if (reads === 1) throw new TypeError("s3cr3t");
      return {};
    },
  };
}

function relayWithQueue(answer?: () => never) {
  const dead: OutgoingDeadLetter[] = [];
  const relay = relayWith({ ...(answer && { answer }), sendDeadLetter: async (letter) => void dead.push(letter) });
  return { ...relay, dead };
}
const codeOf = ({ attributes }: OutgoingDeadLetter): string =>
  JSON.parse(attributes.realtime_gateway?.StringValue ?? "{}").code;

describe("a message that a bug of the gateway stops", () => {
  it.each([1, 4])("is retried later at receive %i", async (times) => {
    const { invoke, dead } = relayWithQueue();
    expect(await invoke([buggy(times), sqsRecord("good", progress("1"))])).toEqual(["bad"]);
    expect(dead).toEqual([]);
  });

  it.each([5, 6])("is dead-lettered as internal_error at receive %i", async (times) => {
    const { invoke, dead, records } = relayWithQueue();
    expect(await invoke([buggy(times), sqsRecord("good", progress("1"))])).toEqual([]);
    expect(dead.map(codeOf)).toEqual(["internal_error"]);
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });

  it("no longer blocks its FIFO group then", async () => {
    const { invoke, calls } = relayWithQueue();
    expect(await invoke([buggy(5, fifoRecord), fifoRecord("next", progress("1"))])).toEqual([]);
    expect(calls).toHaveLength(1);
  });
});

describe("a bug while events are published", () => {
  const throws = (): never => {
    throw new TypeError("s3cr3t");
  };

  it("fails the invocation before the fifth receive, so that Lambda reports it", async () => {
    const { invoke } = relayWithQueue(throws);
    await expect(invoke([received(sqsRecord("m1", progress("1")), 4)])).rejects.toThrow(TypeError);
  });

  it("dead-letters the message at its fifth receive as internal_error, and keeps the others", async () => {
    const { invoke, dead, records } = relayWithQueue(throws);
    const failed = await invoke([received(sqsRecord("old", progress("1")), 5), sqsRecord("new", progress("2"))]);
    expect(failed).toEqual(["new"]);
    expect(dead.map(({ body }) => body)).toEqual([progress("1")]);
    expect(dead.map(codeOf)).toEqual(["internal_error"]);
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });

  it("does not let the messages behind it in its FIFO group overtake it", async () => {
    const { invoke, dead } = relayWithQueue(throws);
    const messages = [fifoRecord("m1", progress("1")), received(fifoRecord("m2", progress("2")), 5)];
    expect(await invoke(messages)).toEqual(["m1"]);
    expect(dead).toHaveLength(1);
  });
});

it("X-Ray's header of a message is on its dead letter", async () => {
  const { invoke, dead } = relayWithQueue();
  const record = sqsRecord("m1", "not json");
  const header = "Root=1-5759e988-bd862e3fe1be46a994272793";
  await invoke([{ ...record, attributes: { ...record.attributes, AWSTraceHeader: header } }]);
  expect(dead).toMatchObject([{ traceHeader: header }]);
});

it("an envelope's time that cannot be understood is a warning, and the event is published", async () => {
  const body = progress("1").replace(/"time":"[^"]*"/, '"time":"yesterday"');
  expect(body).toContain("yesterday");
  for (const validation of ["tolerant", "strict"] as const) {
    const { invoke, calls, records } = relayWith({ config: { validation }, answer: () => published });
    expect(await invoke([sqsRecord("m1", body)])).toEqual([]);
    expect(calls).toHaveLength(1);
    expect(records).toContainEqual({
      level: "warn",
      message: "payload_drifted",
      event: "audit.progress",
      mismatches: [{ path: "time", expected: "ISO 8601 or epoch time", got: "another form" }],
      event_id: expect.any(String),
      message_id: "m1",
    });
  }
});

describe("REALTIME_STAMP=1", () => {
  it("adds the envelope's id and time as the last member of each payload", async () => {
    const { invoke, calls } = relayWith({ config: { stamp: true } });
    await invoke([sqsRecord("m1", progress("1"))]);
    const { id, time } = JSON.parse(progress("1"));
    const [entry] = calls[0] ?? [];
    expect(Object.entries(JSON.parse(entry?.data ?? "{}")).at(-1)).toEqual(["_realtime", { id, time }]);
  });
});

describe("the time of the stamp", () => {
  const stampedTime = async (time: unknown): Promise<unknown> => {
    const { invoke, calls } = relayWith({ config: { stamp: true } });
    await invoke([sqsRecord("m1", JSON.stringify({ ...JSON.parse(progress("1")), time }))]);
    return JSON.parse(calls[0]?.[0]?.data ?? "{}")._realtime.time;
  };

  it.each(["2026-03-02T09:00:00Z", "2026-03-02T09:00:00.123456Z", "2026-03-02T10:00:00+01:00"])(
    "is the envelope's if every browser reads it alike: %s",
    async (time) => expect(await stampedTime(time)).toBe(time),
  );

  it.each([
    "2026-03-02T09:00:00",
    "2026-03-02 09:00",
    "2026-03-02T10:00:00+01",
    "2026-03-02T09:00:00,000Z",
    1_772_442_000,
    1_772_442_000_000,
    "1772442000",
  ])("is written anew, in UTC, if browsers read it as another time or as none: %s", async (time) =>
    expect(await stampedTime(time)).toBe("2026-03-02T09:00:00.000Z"),
  );

  it.each([undefined, null])("is left out if the envelope has none: %s", async (time) =>
    expect(await stampedTime(time)).toBeUndefined(),
  );
});

describe("a stamp that does not fit", () => {
  it("leaves a payload under the limit byte for byte", async () => {
    const { invoke, calls } = relayWith({ config: { stamp: true } });
    const data = '{ "audit_id": "1", "note": "\\u00e9" }';
    const body = `{"type":"audit.progress","id":"${"x".repeat(9_000)}","data":${data}}`;
    await invoke([sqsRecord("m1", body)]);
    expect(calls[0]?.[0]?.data).toBe(data);
  });
});

describe("REALTIME_STAMP=1 and an envelope id longer than the limit", () => {
  it("publishes the payload without the stamp", async () => {
    const { invoke, calls } = relayWith({ config: { stamp: true } });
    const body = JSON.stringify({ ...JSON.parse(progress("1")), id: "x".repeat(9_000) });
    expect(await invoke([sqsRecord("m1", body)])).toEqual([]);
    expect(JSON.parse(calls[0]?.[0]?.data ?? "{}")).toEqual(JSON.parse(body).data);
  });
});

describe("an event outside the catalog with a time that cannot be understood", () => {
  const named = (length: number) => {
    const type = "audit.".padEnd(length, "x");
    return { type, body: JSON.stringify({ ...JSON.parse(progress("1")), type, time: "yesterday" }) };
  };

  it("is logged with its name if the name has 100 characters at most", async () => {
    const { invoke, records } = relayWith();
    const names = [named(100), named(101)];
    await invoke(names.map(({ body }, index) => sqsRecord(`m${index}`, body)));
    const logged = records.filter(({ message }) => message === "payload_drifted").map(({ event }) => event);
    expect(logged).toEqual([names[0]?.type, undefined]);
  });

  it("is logged without its name if the name is longer", async () => {
    const { invoke, records } = relayWith();
    await invoke([sqsRecord("m1", named(201).body), sqsRecord("m2", named(200_000).body)]);
    expect(records.filter(({ message }) => message === "message_failed")).toHaveLength(2);
    expect(JSON.stringify(records)).not.toContain("xxx");
  });
});

describe("an optional field that is null, as Python and Java write an absent one", () => {
  it.each(["tolerant", "strict"] as const)("matches its schema in %s mode", async (validation) => {
    const { invoke, calls, summaries } = relayWith({ config: { validation } });
    expect(await invoke([sqsRecord("m1", progress("1", ',"fiche_id":null,"status":null'))])).toEqual([]);
    expect(summaries).toMatchObject([{ published: 1, drifted: 0 }]);
    expect(calls).toHaveLength(1);
  });
});

describe("an integer id beyond 2^53", () => {
  it.each(["tolerant", "strict"] as const)(
    "matches its schema in %s mode, and keeps its digits",
    async (validation) => {
      const { invoke, calls, summaries } = relayWith({ config: { validation } });
      const body = progress("ID").replace('"ID"', "12345678901234567890");
      expect(await invoke([sqsRecord("m1", body)])).toEqual([]);
      expect(summaries).toMatchObject([{ published: 1, drifted: 0 }]);
      expect(calls).toMatchObject([[{ channel: "private-audit-12345678901234567890" }]]);
    },
  );
});
