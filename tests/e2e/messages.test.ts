import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { blocksOf } from "../support/doc-blocks.ts";
import { listen, startGateway, type TestGateway } from "../support/stack.ts";

const HOUR_MS = 3_600_000;

/** Strict, so a payload that a schema wrongly rejects does not arrive. The zone must not matter. */
const SETTINGS = { REALTIME_VALIDATION: "strict", REALTIME_MAX_EVENT_AGE_SECONDS: "3600", TZ: "America/New_York" };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway(SETTINGS);
});
afterAll(() => gateway.stop());

const progress = (id: string) => ({
  audit_id: id,
  completed_steps: 3,
  total_steps: 5,
  failed_steps: 0,
  current_phase: "analysis",
});

/** A CloudEvent of `audit.progress`. `data` and `time` are source text. */
const written = (data: string, time = JSON.stringify(new Date().toISOString())): string =>
  `{"specversion":"1.0","id":"${randomUUID()}","source":"/tests","type":"audit.progress","time":${time},"data":${data}}`;

async function arrives(body: string, id: string) {
  const listener = await listen(gateway, [`private-audit-${id}`]);
  await gateway.send(body);
  return listener.next();
}

it("progress of two imports in one batch reaches the viewer, the newest of each", async () => {
  const held = await startGateway({}, { holdMessages: true });
  onTestFinished(() => held.stop());
  const listener = await listen(held, ["private-global"]);
  const imported = (batch_id: string, completed: number) => {
    const counts = { total: 9, completed, failed: 0, progress_percentage: completed * 11 };
    return { batch_id, operation_type: "audit", ...counts };
  };
  for (const [id, completed] of [
    ["import-A", 1],
    ["import-B", 1],
    ["import-B", 2],
  ] as const)
    await held.send(JSON.stringify({ type: "batch.progress", data: imported(id, completed) }));

  held.startPolling();

  expect([(await listener.next()).data, (await listener.next()).data]).toEqual([
    imported("import-A", 1),
    imported("import-B", 2),
  ]);
  await expect.poll(() => held.logs.join("\n")).toContain('"received":3,"published":2,"conflated":1');
});

describe("EventBridge's own form", () => {
  const envelope = (name: string, detail: unknown): string =>
    JSON.stringify({ "detail-type": name, source: "platform.audits", id: randomUUID(), region: "eu-west-3", detail });

  it("arrives with detail-type as the event and detail as the payload", async () => {
    const id = randomUUID();
    const received = await arrives(envelope("audit.progress", progress(id)), id);
    expect(received).toMatchObject({ event: "audit.progress", data: progress(id) });
  });

  it("arrives whole if its detail only looks like an envelope", async () => {
    const detail = { type: "info", message: randomUUID(), data: {} };
    const listener = await listen(gateway, ["private-global"]);
    await gateway.send(envelope("notification", detail));
    expect(await listener.next()).toEqual({ event: "notification", channel: "private-global", data: detail });
  });
});

describe("a payload as other languages write it", () => {
  it("arrives with its nulls, on the channels of the ids that it has", async () => {
    const payload = { ...progress(randomUUID()), fiche_id: null, approach: null, status: null };
    expect((await arrives(written(JSON.stringify(payload)), payload.audit_id)).data).toEqual(payload);
  });

  it.each(["9007199254740993", "12345678901234567890"])("arrives on the channel of the integer %s", async (digits) => {
    const data = JSON.stringify(progress("42")).replace('"42"', digits);
    expect((await arrives(written(data), digits)).channel).toBe(`private-audit-${digits}`);
  });

  it("arrives as an object if its envelope has it as text", async () => {
    const payload = progress(randomUUID());
    const body = written(JSON.stringify(JSON.stringify(payload)));
    expect((await arrives(body, payload.audit_id)).data).toEqual(payload);
  });

  it("arrives behind a byte-order mark", async () => {
    const payload = progress(randomUUID());
    expect((await arrives(`\ufeff${written(JSON.stringify(payload))}`, payload.audit_id)).data).toEqual(payload);
  });

  it("arrives whole if only Python's spelling takes it over the limit", async () => {
    const payload = { ...progress(randomUUID()), summary: "Échéance dépassée : à vérifier. ".repeat(214) };
    const text = JSON.stringify(payload);
    const asPythonWrites = text
      .replaceAll('":', '": ')
      .replaceAll(',"', ', "')
      .replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
    expect(Buffer.byteLength(text)).toBeLessThan(9_000);
    expect(Buffer.byteLength(asPythonWrites)).toBeGreaterThan(9_000);
    expect((await arrives(written(asPythonWrites), payload.audit_id)).data).toEqual(payload);
  });
});

describe("with a limit for the age of events", () => {
  const without = (time: Date, end: RegExp): string => time.toISOString().replace(end, "");
  const parisOf = (time: Date): string => `${without(new Date(time.getTime() + HOUR_MS), /Z$/)}+01:00[Europe/Paris]`;

  it.each<[string, (time: Date) => unknown]>([
    ["epoch seconds", (time) => Math.floor(time.getTime() / 1000)],
    ["epoch milliseconds", (time) => time.getTime()],
    ["digits in a text", (time) => String(time.getTime())],
    ["a time without a zone", (time) => without(time, /Z$/)],
    ["a time with a zone name", parisOf],
  ])("an event whose time is written as %s arrives if it is new, and does not if it is old", async (_what, write) => {
    const id = randomUUID();
    const listener = await listen(gateway, [`private-audit-${id}`]);
    const send = (completed_steps: number, ageMs: number): Promise<string> => {
      const time = JSON.stringify(write(new Date(Date.now() - ageMs)));
      return gateway.send(written(JSON.stringify({ ...progress(id), completed_steps }), time));
    };

    expect(await gateway.settled(await send(1, 2 * HOUR_MS))).toBe("acknowledged");
    await send(2, 0);

    expect((await listener.next()).data).toMatchObject({ completed_steps: 2 });
  });
});

describe("the README's section about messages", () => {
  const jsonOf = (page: string) => blocksOf(page).flatMap(({ language, text }) => (language === "json" ? [text] : []));
  const examples = jsonOf("README.md");
  const [stamped = "", ...others] = jsonOf("docs/producers.md").filter((text) => text.includes("_realtime"));

  it("shows the five forms of a message, and docs/producers.md a payload with a stamp", () => {
    expect(examples).toHaveLength(5);
    expect(others).toEqual([]);
  });

  it("has examples that all reach their channel with the same payload, and a stamp where it is on", async () => {
    const stamping = await startGateway({ REALTIME_STAMP: "1" });
    onTestFinished(() => stamping.stop());
    const listener = await listen(stamping, ["private-audit-42"]);
    const received = [];
    for (const body of examples) {
      await stamping.send(body);
      received.push(await listener.next());
    }
    const { id, time } = JSON.parse(examples[0] ?? "");
    const stamps = received.map(({ data }) => Object(data)._realtime);
    expect(stamps).toEqual([{ id, time }, { time }, { id: "6a7e8feb", time }, {}, {}]);
    expect(JSON.parse(stamped)._realtime).toEqual({ id, time });
    for (const { event, data } of received)
      expect({ event, data }).toEqual({
        event: "audit.progress",
        data: { ...progress("42"), _realtime: expect.anything() },
      });
  });
});
