import { eventNames } from "@realtime-gateway/events";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../../../functions/relay/prepare.ts";
import { payload } from "../../../support/arbitrary-payloads.ts";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../../support/envelopes.ts";
import { law } from "../../../support/law.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const CODES = ["invalid_json", "unknown_envelope", "unknown_event", "invalid_event"];

const prepared = (body: string, maxPayloadBytes = 9000) =>
  prepare(body, { form: "private", maxPayloadBytes, validation: "tolerant" }, recordedLog().log);

const plain = (message: string): string => message;
const wrap = fc.constantFrom(plain, snsNotification, eventBridgeEvent);
const write = fc.constantFrom(cloudEvent, legacyEnvelope);

/** Text that looks like a message more often than not. */
const body = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc
    .tuple(wrap, write, fc.json(), fc.constantFrom(...eventNames))
    .map(([wrap, write, json, name]) => wrap(write(json, name))),
  fc
    .tuple(wrap, write, payload, fc.constantFrom(...eventNames))
    .map(([wrap, write, it, name]) => wrap(write(it.json, name))),
);

describe("whatever a queue message holds", () => {
  it("it is understood or rejected with one of the codes: nothing throws", () => {
    law(
      fc.property(body, (text) => {
        const result = prepared(text);
        if (!result.ok) expect(CODES).toContain(result.code);
      }),
      2000,
    );
  });

  it("what is published under the limit is the producer's own text, through every envelope and wrapper", () => {
    law(
      fc.property(wrap, write, payload, (wrap, write, { json }) => {
        const result = prepared(wrap(write(json, "notification")));
        expect(result).toMatchObject({
          ok: true,
          value: { message: { json: Buffer.byteLength(json) <= 9000 ? json : expect.any(String) } },
        });
      }),
      500,
    );
  });

  it("what is published goes to channels of Pusher's grammar, one or two", () => {
    law(
      fc.property(body, (text) => {
        const result = prepared(text, 256);
        if (!result.ok) return;
        expect(result.value.message.channels.length).toBeGreaterThan(0);
        expect(new Set(result.value.message.channels).size).toBe(result.value.message.channels.length);
        for (const channel of result.value.message.channels)
          expect(channel).toMatch(/^private-[A-Za-z0-9_\-=@,.;]{1,156}$/);
      }),
      1000,
    );
  });
});
