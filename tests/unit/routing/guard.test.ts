import {
  type ChannelForm,
  DEFAULT_MAX_PAYLOAD_BYTES,
  type Guarded,
  guard,
  PUSHER_MAX_DATA_BYTES,
} from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { acceptedValue, rejectionOf } from "../../support/unwrap.ts";

interface Options {
  readonly limitBytes?: number;
  readonly form?: ChannelForm;
  readonly idFields?: readonly string[];
}

const attempt = (json: string, { limitBytes = 9000, form = "private", idFields = [] }: Options = {}) =>
  guard({ data: JSON.parse(json), json }, { limitBytes, form, idFields });

const guarded = (payload: object, options?: Options): Guarded =>
  acceptedValue(attempt(JSON.stringify(payload), options));

const kept = (payload: object, options?: Options): unknown => JSON.parse(guarded(payload, options).json);

/** A payload of exactly that many bytes: as many `unit`s as fit, and then ASCII. */
function payloadOf(bytes: number, unit = "x"): string {
  const room = bytes - Buffer.byteLength('{"text":""}');
  const units = Math.floor(room / Buffer.byteLength(unit));
  return JSON.stringify({ text: unit.repeat(units) + "y".repeat(room - units * Buffer.byteLength(unit)) });
}

const LONG = "x".repeat(9000);

describe("the limit", () => {
  it("is 9000 bytes by default, below Pusher's own 10 240", () => {
    expect([DEFAULT_MAX_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES]).toEqual([9000, 10_240]);
  });

  const edges = ["x", "é", "€", "🎧"].flatMap((unit) => [0, 1, 2, 3].map((shift) => ({ unit, shift })));

  it.each([
    [8999, false],
    [9000, false],
    [9001, true],
  ])("at %i bytes of ASCII: truncated is %s", (bytes, truncated) => {
    expect(acceptedValue(attempt(payloadOf(bytes)))).toMatchObject({ originalBytes: bytes, truncated });
  });

  it.each(edges)("counts bytes, not characters: $unit, shifted by $shift", ({ unit, shift }) => {
    const filler = "z".repeat(shift);
    const at = payloadOf(9000 - shift, unit).replace('":"', `":"${filler}`);
    const above = at.replace('":"', '":"z');
    expect(acceptedValue(attempt(at))).toEqual({ json: at, bytes: 9000, originalBytes: 9000, truncated: false });
    expect(acceptedValue(attempt(above))).toMatchObject({ originalBytes: 9001, truncated: true });
  });

  it.each([
    [7619, 10_240, false],
    [7620, 10_244, true],
    [9000, 12_084, true],
  ])("counts the bytes on the wire: %i bytes become %i on an encrypted channel", (plain, wire, truncated) => {
    const value = acceptedValue(attempt(payloadOf(plain), { limitBytes: PUSHER_MAX_DATA_BYTES, form: "encrypted" }));
    expect(value).toMatchObject({ originalBytes: wire, truncated });
  });

  it("keeps a payload at the limit byte for byte, including white space", () => {
    const json = `{ "n" : 1.0,\n"long":12345678901234567890, "a":1, "a":2, "s":"\\u00e9" }`;
    expect(acceptedValue(attempt(json, { limitBytes: Buffer.byteLength(json) })).json).toBe(json);
  });
});

describe("a truncated payload", () => {
  it("keeps ids, counts, numbers, booleans, status and phase, and drops long strings, objects and arrays", () => {
    const payload = {
      audit_id: "a-1",
      fiche_id: "f-1",
      audit_db_id: null,
      status: "failed",
      current_phase: "analysis",
      completed_steps: 3,
      score: 4.5,
      conforme: false,
      error: LONG,
      comparison: { before: LONG },
      citations: [{ text: "x" }, { text: "y" }],
    };
    expect(kept(payload)).toEqual({
      audit_id: "a-1",
      fiche_id: "f-1",
      audit_db_id: null,
      status: "failed",
      current_phase: "analysis",
      completed_steps: 3,
      score: 4.5,
      conforme: false,
      citationsCount: 2,
      truncated: true,
    });
  });

  it("keeps the order of its fields", () => {
    expect(Object.keys(Object(kept({ z: 1, long: LONG, list: [1], a: "x", status: "ok" })))).toEqual([
      "z",
      "listCount",
      "a",
      "status",
      "truncated",
    ]);
  });

  it("keeps numbers as the producer wrote them, and strings without needless escapes", () => {
    const json = `{"audit_id":12345678901234567890,"score":1.0,"word":"\\u00e9\\/","error":"${LONG}"}`;
    expect(acceptedValue(attempt(json)).json).toBe(
      '{"audit_id":12345678901234567890,"score":1.0,"word":"é/","truncated":true}',
    );
  });

  it("counts an array under {field}Count", () => {
    expect(kept({ items: Array(5000).fill(1), none: [] })).toEqual({ itemsCount: 5000, noneCount: 0, truncated: true });
  });

  it("keeps the count that the producer wrote", () => {
    expect(kept({ items: Array(5000).fill(1), itemsCount: 70_000 })).toEqual({ itemsCount: 70_000, truncated: true });
    expect(kept({ itemsCount: 70_000, items: Array(5000).fill(1) })).toEqual({ itemsCount: 70_000, truncated: true });
  });

  it.each([null, "many", LONG, {}, [1], true])(
    "counts an array even if the producer wrote %j as its count",
    (itemsCount) => {
      const counted = { itemsCount: 3, truncated: true };
      expect(kept({ items: [1, 2, 3], itemsCount, error: LONG })).toEqual(counted);
      expect(kept({ itemsCount, items: [1, 2, 3], error: LONG })).toEqual(counted);
    },
  );

  it("keeps a field that only ends like a count", () => {
    expect(kept({ discount: 1, viewsCount: null, error: LONG })).toEqual({
      discount: 1,
      viewsCount: null,
      truncated: true,
    });
  });

  it.each([false, "no", null, ["x"], {}])("has `truncated: true` even if the producer wrote %j", (truncated) => {
    expect(guarded({ truncated, a: 1, error: LONG }).json).toBe('{"a":1,"truncated":true}');
  });

  it("keeps the last of two fields of one name, as JSON.parse does", () => {
    expect(acceptedValue(attempt(`{"n":1,"n":2,"error":"${LONG}"}`)).json).toBe('{"n":2,"truncated":true}');
  });

  it("can have a field called __proto__", () => {
    expect(acceptedValue(attempt(`{"__proto__":[1,2],"error":"${LONG}"}`)).json).toBe(
      '{"__proto__Count":2,"truncated":true}',
    );
  });

  it("is as complete as the limit allows: it keeps the shorter of two strings", () => {
    expect(kept({ error: LONG, reason: "x".repeat(8000) })).toEqual({ reason: "x".repeat(8000), truncated: true });
  });

  it("drops texts before counts, counts before numbers, and ids, status and phase last", () => {
    const payload = { note: "n".repeat(30), list: [1, 2], score: 1, batch_id: "b", status: "ok", text: LONG };
    const steps = [90, 60, 50, 40].map((limitBytes) => Object.keys(Object(kept(payload, { limitBytes }))));
    expect(steps).toEqual([
      ["listCount", "score", "batch_id", "status", "truncated"],
      ["score", "batch_id", "status", "truncated"],
      ["batch_id", "status", "truncated"],
      ["status", "truncated"],
    ]);
  });

  it("keeps numbers before a long text that is called a status", () => {
    const numbers = { completed_steps: 3, total_steps: 5, failed_steps: 0, is_critical: true };
    expect(kept({ ...numbers, status: "x".repeat(8950), error: LONG })).toEqual({ ...numbers, truncated: true });
  });
});

describe("the ids that routing used", () => {
  it("come before all other fields", () => {
    const payload = { a: 1, b: 2, custom: "c".repeat(200), text: LONG };
    expect(kept(payload, { limitBytes: 256, idFields: ["custom"] })).toMatchObject({ custom: "c".repeat(200) });
  });

  it("are never dropped: an event is invalid if its ids alone pass the limit", () => {
    const json = JSON.stringify({ custom: "c".repeat(300), text: LONG });
    expect(rejectionOf(attempt(json, { limitBytes: 256, idFields: ["custom"] })).code).toBe("invalid_event");
  });
});

it("guard does not change the payload", () => {
  const data = Object.freeze({ items: Object.freeze([1, 2]), error: LONG });
  const result = guard({ data, json: JSON.stringify(data) }, { limitBytes: 256, form: "private", idFields: [] });
  expect(acceptedValue(result).truncated).toBe(true);
});
