import { context, propagation, ROOT_CONTEXT, TraceFlags, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { decodeEnvelope } from "@realtime-gateway/events";
import { afterEach, describe, expect, it } from "vitest";
import { activeTraceContext } from "../../../packages/producer/src/trace-context.ts";
import { progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

const world = (options: Parameters<typeof producerWorld>[1] = {}) => producerWorld(() => "taken", options);

describe("event", () => {
  it("makes a CloudEvent that the gateway reads, and sends nothing", () => {
    const { realtime, requests } = world();
    const event = realtime.event("audit.progress", progressOf("42"));
    expect(event).toEqual({
      specversion: "1.0",
      id: "0",
      source: "/test",
      type: "audit.progress",
      time: "2026-03-02T09:00:00.000Z",
      datacontenttype: "application/json",
      data: progressOf("42"),
    });
    expect(decodeEnvelope(JSON.stringify(event))).toMatchObject({
      ok: true,
      value: { id: "0", data: progressOf("42") },
    });
    expect(requests).toEqual([]);
  });

  it("throws a ProducerError for an invalid payload", () => {
    expect(() => world().realtime.event("audit.progress", { ...progressOf("42"), total_steps: "5" })).toThrow(
      expect.objectContaining({ name: "ProducerError", code: "invalid", retryable: false, id: "0" }),
    );
  });

  it("is sent later with its id, its time and its trace", async () => {
    const { realtime, requests } = world();
    const event = { ...realtime.event("audit.progress", progressOf("42")), traceparent: "00-1-2-01" };
    await realtime.sendMany([JSON.parse(JSON.stringify(event))]);
    expect(JSON.parse(requests[0]?.[0]?.body ?? "")).toEqual(event);
  });

  it.each([
    ["no name", { type: "" }, "has no name"],
    ["no id", { id: undefined }, "id must be a string"],
    ["no source", { source: 5 }, "source must be a string"],
  ])("is reported as invalid with %s", async (_, change, detail) => {
    const { realtime } = world();
    const event = JSON.parse(JSON.stringify({ ...realtime.event("audit.progress", progressOf("42")), ...change }));
    const { failed } = await realtime.sendMany([event]);
    expect(failed).toMatchObject([{ index: 0, code: "invalid", detail: expect.stringContaining(detail) }]);
  });
});

describe("preview", () => {
  it("returns the channels and the whole payload of a small event", () => {
    const data = { ...progressOf("42"), fiche_id: "7" };
    expect(world().realtime.preview("audit.progress", data)).toEqual({
      event: "audit.progress",
      channels: ["private-audit-42", "private-fiche-7"],
      data,
      bytes: Buffer.byteLength(JSON.stringify(data)),
      truncated: false,
    });
  });

  it("returns the truncated payload of a large event", () => {
    const data = { audit_id: "42", error: "x".repeat(300), failed_at: "2026-03-02T09:00:00Z", status: "failed" };
    const preview = world({ payloadLimitBytes: 256 }).realtime.preview("audit.failed", data);
    expect(preview).toMatchObject({ truncated: true, data: { audit_id: "42", status: "failed", truncated: true } });
    expect(preview.data).not.toHaveProperty("error");
    expect(preview.bytes).toBe(Buffer.byteLength(JSON.stringify(preview.data)));
  });

  it("throws for an event that no channel gets", () => {
    const { realtime } = world({ validate: "off", payloadLimitBytes: 256 });
    expect(() => realtime.preview("audit.progress", {})).toThrow("needs audit_id or fiche_id");
    const ids = { audit_id: "a".repeat(140), fiche_id: "f".repeat(140) };
    expect(() => realtime.preview("audit.progress", ids)).toThrow("the ids alone pass the limit of 256 bytes");
  });
});

describe("the trace context", () => {
  afterEach(() => {
    context.disable();
    propagation.disable();
  });
  const span = {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    traceFlags: TraceFlags.SAMPLED,
  };

  it("is that of the caller if OpenTelemetry is active", async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const { realtime, requests } = world();
    await context.with(trace.setSpanContext(ROOT_CONTEXT, span), () =>
      realtime.send("audit.progress", progressOf("42")),
    );
    expect(JSON.parse(requests[0]?.[0]?.body ?? "")).toMatchObject({
      traceparent: `00-${span.traceId}-${span.spanId}-01`,
    });
  });

  it("is absent without an active span, and without OpenTelemetry", () => {
    expect(activeTraceContext({})).toBeUndefined();
    expect(activeTraceContext()).toBeUndefined();
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    expect(activeTraceContext()).toBeUndefined();
  });
});
