import { REASON_ATTRIBUTE } from "@realtime-gateway/dead-letter";
import { type Gateway, startGateway } from "@realtime-gateway/local";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { buildFunctions } from "../../tools/build.ts";
import { openEventStream } from "../support/event-stream.ts";
import { answered, callControl, compileFrame, operationsOf } from "../support/local-contract.ts";

let gateway: Gateway;
beforeAll(async () => {
  await buildFunctions();
  // An invocation that outlives its visibility timeout would handle a message twice.
  gateway = await startGateway({ visibilityTimeoutSeconds: 60 });
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const call = (path: string, sent?: Parameters<typeof callControl>[2]) => callControl(gateway.urls.http, path, sent);

const auditStarted = (auditId: string, more: object = {}) => ({
  type: "audit.started",
  data: {
    audit_id: auditId,
    fiche_id: "7",
    audit_config_id: "1",
    audit_config_name: "default",
    total_steps: 3,
    status: "started",
    started_at: "2026-03-02T09:00:00Z",
    ...more,
  },
});
const broken = { type: "audit.started", data: { total_steps: 3 } };

/** Sends an event past the check of `POST /_realtime/events`, which rejects a message that the relay would dead-letter. */
async function sendToQueue(body: object, more: object = {}): Promise<void> {
  const { env } = gateway;
  const response = await fetch(String(env.AWS_ENDPOINT_URL_SQS), {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" },
    body: JSON.stringify({ QueueUrl: env.DOMAIN_EVENTS_QUEUE_URL, MessageBody: JSON.stringify(body), ...more }),
  });
  expect(response.status).toBe(200);
}

/** Polls the control API until the test accepts its answer. */
async function until<T>(read: () => Promise<T>, accepts: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (accepts(value)) return value;
  }
}

const rows = async (query = ""): Promise<readonly Record<string, unknown>[]> => {
  const { body } = await call(`events${query}`);
  return Object(body).events;
};
const settled = (query: string, count = 1) =>
  until(
    () => rows(query),
    (events) => events.length >= count && events.every(({ status }) => status !== "waiting"),
  );

describe("GET /_realtime/events", () => {
  it("lists an event with its channels, size and times", async () => {
    await call("events", { body: { id: "e1", source: "/tests", ...auditStarted("42") } });
    const [event] = await settled("?type=audit.*");
    expect(event).toMatchObject({
      status: "published",
      flags: ["published"],
      event: "audit.started",
      id: "e1",
      channels: [
        { name: "private-audit-42", subscribers: 0 },
        { name: "private-fiche-7", subscribers: 0 },
      ],
      receives: 1,
      attempts: 1,
    });
  });

  it("finds events by type, id, channel, flag, text and change", async () => {
    const note = { type: "notification", data: { type: "info", message: "Bonjour" } };
    await call("events", { body: [auditStarted("alpha"), auditStarted("beta", { note: "x".repeat(10_000) }), note] });
    await settled("", 3);
    const { body } = await call("events");
    const names = async (query: string) => (await rows(query)).map(({ event }) => event);
    expect(await names("?type=*cation")).toEqual(["notification"]);
    expect(await names("?id=beta")).toEqual(["audit.started"]);
    expect(await names("?channel=private-audit-*")).toHaveLength(2);
    expect(await names("?is=truncated,published")).toEqual(["audit.started"]);
    expect(await names("?text=bonjour")).toEqual(["notification"]);
    expect(await names(`?since=${Object(body).seq}`)).toEqual([]);
    expect(await names("?limit=2")).toHaveLength(2);
    expect(await names("?minMs=60000")).toEqual([]);
  });

  it.each(["?limit=0", "?limit=1001", "?since=x", "?is=blue", "?colour=blue"])(
    "answers a problem for %s",
    async (query) => {
      expect(await call(`events${query}`)).toMatchObject({ status: 400, body: { code: "invalid_query" } });
    },
  );
});

describe("GET /_realtime/events/{id}", () => {
  it("explains the way of an event", async () => {
    await call("events", { body: { id: "e1", source: "/tests", ...auditStarted("42", { total_steps: "3" }) } });
    await settled("");
    const { body } = await call("events/e1");
    expect(Object(body).explanations).toMatchObject([
      {
        event: { flags: ["published", "mismatch"] },
        envelope: { form: "CloudEvents without specversion", source: "/tests" },
        routes: [
          { channel: "private-audit-42", field: "audit_id", why: "audit_id is 42" },
          { channel: "private-fiche-7", field: "fiche_id", why: "fiche_id is 7" },
        ],
        mismatches: [expect.stringContaining("total_steps")],
        receives: [{ number: 1, outcome: "published", attempts: [{ status: 200 }] }],
      },
    ]);
  });

  it("explains the events of a channel", async () => {
    await call("events", { body: [auditStarted("42"), auditStarted("43")] });
    await settled("", 2);
    const { body } = await call("events/private-audit-43");
    expect(Object(body).explanations).toMatchObject([{ routes: [{ why: "audit_id is 43" }, {}] }]);
  });

  it("answers a problem for an unknown id", async () => {
    expect(await call("events/nothing")).toMatchObject({ status: 404, body: { code: "unknown_event" } });
  });

  it("shows both messages of an event that was sent twice", async () => {
    const body = { id: "twice", source: "/tests", ...auditStarted("42") };
    await call("events", { body: [body] });
    // A relay that still has the first message would leave the second one to a new relay, which has no memory of the first one.
    await until(
      async () => Object((await call("queue")).body),
      ({ inFlight, waiting }) => inFlight === 0 && waiting === 0,
    );
    await call("events", { body: [body] });
    await settled("", 2);
    const { body: answer } = await call("events/twice");
    expect(Object(answer).explanations).toMatchObject([
      { event: { status: "published" }, siblings: [{ status: "duplicate" }] },
      { event: { status: "duplicate" }, siblings: [{ status: "published" }] },
    ]);
  });
});

describe("GET /_realtime/stream", () => {
  const open = async (headers: Readonly<Record<string, string>> = {}) => {
    const stream = await openEventStream(`${gateway.urls.http}/_realtime/stream`, headers);
    onTestFinished(() => stream.close());
    return stream;
  };
  const isFrame = compileFrame();

  it("sends changes, figures and resets in frames of the documented form", async () => {
    const stream = await open();
    const first = await stream.next("events");
    await call("events", { body: auditStarted("42") });
    const published = await stream.next("events", ({ events }) => JSON.stringify(events).includes("published"));
    const figures = await stream.next("figures", ({ events }) => events === 1);
    await gateway.reset();
    const reset = await stream.next("reset");
    for (const frame of [first, published, figures, reset])
      expect(isFrame(frame), JSON.stringify([isFrame.errors, frame])).toBe(true);
  });

  it("resumes after the last id that the client got", async () => {
    await call("events", { body: auditStarted("1") });
    await settled("");
    const first = await open();
    const { id = "" } = await first.next("events");
    await first.close();
    await call("events", { body: auditStarted("2") });
    const resumed = await open({ "last-event-id": id });
    const { data } = await resumed.next("events", ({ events }) => Array.isArray(events) && events.length > 0);
    expect(JSON.stringify(data)).toContain("private-audit-2");
    expect(JSON.stringify(data)).not.toContain("private-audit-1");
  });

  it("sends a reset that a reader missed", async () => {
    await call("events", { body: auditStarted("1") });
    await settled("");
    const first = await open();
    const { id = "" } = await first.next("events", ({ events }) => Array.isArray(events) && events.length > 0);
    await first.close();
    await gateway.reset();
    await (await open({ "last-event-id": id })).next("reset");
  });

  it("starts anew for a reader of an earlier stack, whose last id is larger", async () => {
    await call("events", { body: auditStarted("1") });
    await settled("");
    const stream = await open({ "last-event-id": String(Number.MAX_SAFE_INTEGER) });
    await stream.next("reset");
    await stream.next("events", ({ events }) => Array.isArray(events) && events.length === 1);
  });
});

describe("POST /_realtime/wait", () => {
  it("finds an event that was published before, and one that comes later", async () => {
    const later = call("wait", { body: { event: "audit.*", channel: "private-audit-42", timeoutMs: 60_000 } });
    await call("events", { body: auditStarted("42") });
    expect(await later).toMatchObject({ status: 200, body: { event: "audit.started", data: { audit_id: "42" } } });
    expect(await call("wait", { body: { channel: "private-fiche-7" } })).toMatchObject({ status: 200 });
  });

  it("names the reason at the timeout", async () => {
    expect(await call("wait", { body: { event: "audit.started", timeoutMs: 0 } })).toMatchObject({
      status: 408,
      body: { code: "not_arrived" },
    });
  });

  it.each([{}, { colour: "blue" }, { event: 1 }, "{"])("answers a problem for %j", async (body) => {
    expect(await call("wait", { body })).toMatchObject({ status: 400, body: { code: "invalid_body" } });
  });
});

it("lists the catalog with schemas and samples", async () => {
  const { body } = await call("catalog");
  const progress = Object(body).events.find(({ event }: { event: string }) => event === "audit.progress");
  expect(progress).toMatchObject({
    channels: [
      { pattern: "private-audit-{id}", fields: expect.arrayContaining(["audit_id"]) },
      { pattern: "private-fiche-{id}", fields: expect.arrayContaining(["fiche_id"]) },
    ],
    entity: [[["audit_id"]], [["audit_db_id"]]],
    schema: { type: "object" },
    sample: { audit_id: expect.anything() },
  });
});

describe("POST /_realtime/preview", () => {
  it("answers what browsers would get, and sends nothing", async () => {
    const preview = await call("preview", { body: auditStarted("42", { note: "x".repeat(10_000) }) });
    expect(preview).toMatchObject({
      status: 200,
      body: { truncated: true, channels: ["private-audit-42", "private-fiche-7"] },
    });
    expect(await rows()).toEqual([]);
  });

  it("answers the code of an event that the gateway would dead-letter", async () => {
    expect(await call("preview", { body: broken })).toMatchObject({ status: 422, body: { code: "invalid_event" } });
  });
});

it("lists channels with their last event", async () => {
  await call("events", { body: auditStarted("42") });
  await settled("");
  const { body } = await call("channels");
  expect(Object(body).channels).toMatchObject([
    { name: "private-audit-42", subscribers: 0, lastEvent: { event: "audit.started" } },
    { name: "private-fiche-7", subscribers: 0, lastEvent: { event: "audit.started" } },
  ]);
});

describe("dead letters", () => {
  it("are all dropped by two requests at the same time", async () => {
    for (let n = 0; n < 4; n += 1) await sendToQueue(broken);
    const list = await until(
      () => gateway.deadLetters(),
      ({ length }) => length === 4,
    );
    const ids = list.map(({ messageId }) => messageId);
    const drop = (messageIds: readonly string[]) => call("dead-letters/drop", { body: { messageIds } });
    const answers = await Promise.all([drop(ids.slice(0, 2)), drop(ids.slice(2))]);
    expect(answers.map(({ body }) => body)).toEqual([{ dropped: 2 }, { dropped: 2 }]);
  });

  it("are counted by any code, also by the name of a member that every object has", async () => {
    const QueueUrl = String(gateway.env.DOMAIN_EVENTS_QUEUE_URL).replace("domain-events", "domain-events-dlq");
    const reason = { DataType: "String", StringValue: JSON.stringify({ code: "constructor" }) };
    await sendToQueue(broken, { QueueUrl, MessageAttributes: { [REASON_ATTRIBUTE]: reason } });
    const { byCode } = Object((await call("dead-letters")).body);
    expect(Object.entries(byCode)).toEqual([["constructor", 1]]);
  });

  const deadLetters = (query = "") =>
    until(
      async () => Object((await call(`dead-letters${query}`)).body),
      ({ total }) => total > 0,
    );

  it("are listed with their reason", async () => {
    await sendToQueue(broken);
    expect(await deadLetters("?code=invalid_event&event=audit.*")).toMatchObject({
      total: 1,
      byCode: { invalid_event: 1 },
      deadLetters: [{ code: "invalid_event", event: "audit.started", body: JSON.stringify(broken) }],
    });
    const [event] = await settled("?is=dead-lettered");
    expect(event).toMatchObject({ code: "invalid_event", detail: expect.stringContaining("audit_id") });
    expect(Object((await call("queue")).body)).toMatchObject({ deadLetters: 1 });
  });

  it("arrive after a redrive with a corrected body", async () => {
    await sendToQueue(broken);
    const [{ messageId }] = (await deadLetters()).deadLetters;
    const body = JSON.stringify(auditStarted("44"));
    const redriven = await call("dead-letters/redrive", { body: { messageIds: [messageId], body } });
    expect(redriven.body).toEqual({ redriven: 1, messageIds: [messageId] });
    await gateway.waitFor({ channel: "private-audit-44" }, { timeoutMs: 60_000 });
    expect(await gateway.deadLetters()).toEqual([]);
  });

  it("are dropped by a filter", async () => {
    await sendToQueue(broken);
    await deadLetters();
    expect((await call("dead-letters/drop", { body: { code: "other" } })).body).toEqual({ dropped: 0 });
    expect((await call("dead-letters/drop", { body: { all: true } })).body).toEqual({ dropped: 1 });
    expect(await gateway.deadLetters()).toEqual([]);
  });

  it.each([
    {},
    { body: "{}", all: true },
    { all: true, code: "x" },
    { messageIds: [] },
    { messageIds: ["x"], body: "" },
  ])("need a sound selection, and %j is none", async (body) => {
    expect(await call("dead-letters/redrive", { body })).toMatchObject({
      status: 400,
      body: { code: "invalid_body" },
    });
    expect(await call("dead-letters/drop", { body })).toMatchObject({ status: 400 });
  });
});

describe("faults", () => {
  it("of Pusher show as attempts, and the event arrives", async () => {
    await call("faults", { body: { part: "pusher", effect: { kind: "answer", status: 500 }, when: { times: 1 } } });
    await call("events", { body: { id: "e1", ...auditStarted("42") } });
    const [event] = await settled("?is=retried");
    expect(event).toMatchObject({ status: "published", attempts: 2 });
    const { body } = await call("events/e1");
    expect(Object(body).explanations[0].receives[0].attempts).toMatchObject([{ status: 500 }, { status: 200 }]);
  });

  it("kill the relay, and SQS returns the message", async () => {
    await using impatient = await startGateway({ visibilityTimeoutSeconds: 1 });
    const ask = (path: string, body?: object) => callControl(impatient.urls.http, path, body && { body });
    await ask("faults", { part: "relay", kill: 1 });
    await ask("events", auditStarted("42"));
    const [event] = await until(
      async () => Object((await ask("events?is=published,retried")).body).events,
      (events) => events.length === 1,
    );
    expect(event.receives).toBeGreaterThanOrEqual(2);
  });

  it("slow the queue down until they end", async () => {
    await call("faults", { body: { part: "queue", delayMs: 60_000 } });
    await call("events", { body: auditStarted("42") });
    const queue = await until(
      async () => Object((await call("queue")).body),
      ({ inFlight }) => inFlight === 1,
    );
    expect(queue.oldestAgeMs).toBeGreaterThanOrEqual(0);
    expect(await call("faults", { method: "DELETE" })).toMatchObject({ body: { faults: [] } });
    await gateway.waitFor({ channel: "private-audit-42" }, { timeoutMs: 60_000 });
  });

  it("are listed, and end one part at a time", async () => {
    const pusher = { part: "pusher", effect: { kind: "answer", status: 503 } };
    await call("faults", { body: { status: 503 } });
    await call("faults", { body: { part: "relay", kill: 2 } });
    expect((await call("faults")).body).toEqual({ faults: [pusher, { part: "relay", kill: 2 }] });
    expect((await call("faults?part=pusher", { method: "DELETE" })).body).toEqual({
      faults: [{ part: "relay", kill: 2 }],
    });
  });

  it.each([
    { part: "moon" },
    { part: "relay", kill: 0 },
    { part: "queue", delayMs: 60_001 },
    { part: "pusher", effect: { kind: "x" } },
  ])("must be sound, and %j is not", async (body) => {
    expect(await call("faults", { body })).toMatchObject({ status: 400, body: { code: "invalid_body" } });
  });

  it("end for known parts only", async () => {
    expect(await call("faults?part=moon", { method: "DELETE" })).toMatchObject({ status: 400 });
  });
});

it("counts events, calls and billable messages", async () => {
  await call("events", { body: [auditStarted("1"), auditStarted("2")] });
  await settled("", 2);
  const { body } = await call("figures");
  expect(body).toMatchObject({ events: 2, byStatus: { published: 2 }, billable: { published: 4, delivered: 0 } });
});

it("answers the environment of the service under test", async () => {
  const { body } = await call("env");
  expect(body).toMatchObject({
    env: { DOMAIN_EVENTS_QUEUE_URL: gateway.env.DOMAIN_EVENTS_QUEUE_URL },
    urls: { http: gateway.urls.http },
  });
});

describe("POST /_realtime/reset", () => {
  it("forgets events, dead letters and faults", async () => {
    await sendToQueue(broken);
    await settled("");
    await gateway.faults.add({ part: "queue", delayMs: 1 });
    expect(await call("reset", { method: "POST" })).toMatchObject({ status: 200 });
    expect(await rows()).toEqual([]);
    expect(await gateway.deadLetters()).toEqual([]);
    expect(gateway.faults.list()).toEqual([]);
  });

  it("lets the next test send the same event again", async () => {
    const body = { id: "fixture", source: "/tests", ...auditStarted("42") };
    await call("events", { body });
    await gateway.waitFor({ id: "fixture" });
    await gateway.reset();
    await call("events", { body });
    await gateway.waitFor({ id: "fixture" }, { timeoutMs: 60_000 });
    expect((await settled(""))[0]).toMatchObject({ status: "published" });
  });
});

describe("the control API", () => {
  it.each([{ host: "evil.example" }, { origin: "https://evil.example" }])(
    "denies a caller with %j",
    async (headers) => {
      for (const path of ["events", "stream", "env", "unknown"])
        expect(await call(path, { headers })).toMatchObject({ status: 403, body: { code: "not_local" } });
      expect(await call("reset", { method: "POST", headers })).toMatchObject({ status: 403 });
    },
  );

  it("lets pages of this machine read its answers", async () => {
    const origin = "http://localhost:5173";
    const preflight = await call("faults", { method: "OPTIONS", headers: { origin } });
    expect(preflight).toMatchObject({
      status: 204,
      headers: { "access-control-allow-methods": expect.stringContaining("DELETE") },
    });
    expect((await call("queue", { headers: { origin } })).headers["access-control-allow-origin"]).toBe(origin);
  });

  it("names unknown paths and methods", async () => {
    expect(await call("unknown")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await call("reset")).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
  });

  it("answers each documented operation, and these tests call all of them", () => {
    const streamed = "get /_realtime/stream";
    expect(operationsOf().filter((operation) => !answered.has(operation) && operation !== streamed)).toEqual([]);
  });
});
