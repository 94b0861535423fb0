import { definitionOf, eventNames, type JsonObject } from "@realtime-gateway/events";
import { type ChannelForm, MAX_EVENT_NAME_LENGTH, route } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { contractChannelsOf } from "../../contract/catalog.ts";
import { acceptedValue, rejectionOf } from "../../support/unwrap.ts";

const eventOf = (name: string, data: JsonObject) => ({ name, data, json: JSON.stringify(data) });
const routed = (name: string, data: JsonObject, form: ChannelForm = "private") =>
  acceptedValue(route(eventOf(name, data), form));
const channels = (name: string, data: JsonObject, form: ChannelForm = "private") => routed(name, data, form).channels;
const code = (name: string, data: JsonObject): string => rejectionOf(route(eventOf(name, data), "private")).code;

const ids = { audit_id: "a-1", fiche_id: "f-1", jobId: "j-1", job_id: "j-2" };

describe("the routing table", () => {
  it.each([
    ["audit.progress", ids, ["private-audit-a-1", "private-fiche-f-1"]],
    ["audit.progress", { audit_id: "a-1" }, ["private-audit-a-1"]],
    ["audit.progress", { fiche_id: "f-1" }, ["private-fiche-f-1"]],
    ["audit.step_completed", ids, ["private-audit-a-1", "private-fiche-f-1"]],
    ["transcription.progress", ids, ["private-fiche-f-1"]],
    ["fiches.progressive_fetch.created", ids, ["private-job-j-1"]],
    ["fiches.progressive_fetch.created", { job_id: "j-2" }, ["private-job-j-2"]],
    ["batch.progress", ids, ["private-global"]],
    ["batch.completed", {}, ["private-global"]],
    ["notification", ids, ["private-global"]],
    ["notification", {}, ["private-global"]],
  ])("sends %s with %j to %j", (name, data, expected) => {
    expect(channels(name, data)).toEqual(expected);
  });

  it("sends the contract's example to the contract's channels", () => {
    const data = {
      audit_id: "audit-1787121-1-1765755984607",
      fiche_id: "1787121",
      completed_steps: 3,
      total_steps: 5,
      failed_steps: 0,
      current_phase: "analysis",
    };
    expect(channels("audit.progress", data)).toEqual([
      "private-audit-audit-1787121-1-1765755984607",
      "private-fiche-1787121",
    ]);
  });

  it.each([
    ["public", ["audit-a-1", "fiche-f-1"]],
    ["encrypted", ["private-encrypted-audit-a-1", "private-encrypted-fiche-f-1"]],
  ] as const)("names the channels in %s form", (form, expected) => {
    expect(channels("audit.started", ids, form)).toEqual(expected);
  });

  it.each(eventNames)("sends the sample of %s to the channels of the contract", (name) => {
    const sample: JsonObject = { ...Object(definitionOf(name)?.sample) };
    expect(channels(name, sample)).toEqual(contractChannelsOf(name, sample).map((channel) => `private-${channel}`));
  });

  it("returns the fields of the ids", () => {
    expect(routed("audit.progress", ids).idFields).toEqual(["audit_id", "fiche_id"]);
    expect(routed("audit.progress", { fiche_id: "f" }).idFields).toEqual(["fiche_id"]);
    expect(routed("fiches.progressive_fetch.failed", { job_id: "j" }).idFields).toEqual(["job_id"]);
    expect(routed("batch.progress", ids).idFields).toEqual([]);
  });
});

describe("an id", () => {
  it.each([
    [42, "42"],
    [0, "0"],
    [-7, "-7"],
    [9_007_199_254_740_991, "9007199254740991"],
    [2 ** 53, "9007199254740992"],
  ])("is written in decimal if it is the integer %i", (id, written) => {
    expect(channels("transcription.started", { fiche_id: id })).toEqual([`private-fiche-${written}`]);
  });

  it.each([1.5, 1e300, true, false, {}, ["42"]])("is invalid if it is %j", (id) => {
    expect(code("transcription.started", { fiche_id: id })).toBe("invalid_event");
    expect(code("audit.progress", { audit_id: "a", fiche_id: id })).toBe("invalid_event");
  });

  it.each(["9007199254740993", "12345678901234567890123"])(
    "keeps the digits of the message's own text: %s",
    (digits) => {
      const json = `{"audit_id":${digits}}`;
      const event = { name: "audit.started", data: JSON.parse(json), json };
      expect(acceptedValue(route(event, "private")).channels).toEqual([`private-audit-${digits}`]);
    },
  );

  it.each(["", "x".repeat(500), "\ud800"])("is invalid if it is the string %j", (id) => {
    expect(code("transcription.started", { fiche_id: id })).toBe("invalid_event");
    expect(code("audit.progress", { audit_id: id, fiche_id: "f" })).toBe("invalid_event");
  });

  it.each([undefined, null])("counts as absent if it is %s", (id) => {
    expect(channels("audit.progress", { audit_id: id, fiche_id: "f" })).toEqual(["private-fiche-f"]);
    expect(channels("audit.progress", { audit_id: "a", fiche_id: id })).toEqual(["private-audit-a"]);
    expect(channels("fiches.progressive_fetch.created", { jobId: id, job_id: "j" })).toEqual(["private-job-j"]);
  });

  it("is not inherited", () => {
    expect(code("audit.progress", JSON.parse('{"__proto__":{"audit_id":"a"}}'))).toBe("invalid_event");
  });

  it("a:b never shares a channel with the id a=3Ab", () => {
    expect(channels("audit.progress", { audit_id: "a:b" })).not.toEqual(
      channels("audit.progress", { audit_id: "a=3Ab" }),
    );
  });
});

describe("an event with no id at all", () => {
  it.each(["audit.progress", "audit.brand_new", "transcription.progress", "fiches.progressive_fetch.created"])(
    "%s is invalid, and never global",
    (name) => {
      expect(code(name, {})).toBe("invalid_event");
      expect(code(name, { audit_id: null, fiche_id: null, jobId: null, job_id: null })).toBe("invalid_event");
    },
  );
});

describe("an event name outside the catalog", () => {
  it.each([
    ["audit.brand_new", ["private-audit-a-1", "private-fiche-f-1"]],
    ["audit.x", ["private-audit-a-1", "private-fiche-f-1"]],
    ["audit..", ["private-audit-a-1", "private-fiche-f-1"]],
    ["audit.step.retried", ["private-audit-a-1", "private-fiche-f-1"]],
    ["transcription.paused", ["private-fiche-f-1"]],
    ["batch.cancelled", ["private-global"]],
    ["fiches.progressive_fetch.paused", ["private-job-j-1"]],
  ])("is routed by its family: %s", (name, expected) => {
    expect(channels(name, ids)).toEqual(expected);
  });

  it.each([
    "",
    "audit",
    "audit.",
    "Audit.progress",
    " audit.progress",
    "audits.progress",
    "batch.",
    "notification.x",
    "notification.",
    "notifications",
    "fiches.created",
    "fiches.progressive_fetch",
    "fiches.progressive_fetch.",
    "client-audit.progress",
    "pusher:subscribe",
    "constructor",
    "__proto__",
  ])("is unknown without a family: %j", (name) => {
    expect(code(name, ids)).toBe("unknown_event");
  });

  it("appears in the rejection, unless it is a text", () => {
    expect(rejectionOf(route(eventOf("audt.progress", {}), "private")).detail).toContain(
      "did you mean audit.progress?",
    );
    expect(rejectionOf(route(eventOf("a s3cr3t", {}), "private")).detail).not.toContain("s3cr3t");
  });
});

describe("an event's name", () => {
  it("can have 200 characters", () => {
    expect(MAX_EVENT_NAME_LENGTH).toBe(200);
    expect(channels("audit.".padEnd(200, "x"), ids)).toHaveLength(2);
  });

  it("cannot have 201 characters", () => {
    expect(code("audit.".padEnd(201, "x"), ids)).toBe("invalid_event");
  });
});

it("route does not change the payload", () => {
  const data = Object.freeze({ audit_id: 42, fiche_id: null, nested: Object.freeze({ a: 1 }) });
  routed("audit.progress", data);
  expect(data).toEqual({ audit_id: 42, fiche_id: null, nested: { a: 1 } });
});
