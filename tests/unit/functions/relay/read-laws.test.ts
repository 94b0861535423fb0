import { eventNames } from "@realtime-gateway/events";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payload } from "../../../support/arbitrary-payloads.ts";
import { cloudEvent, eventBridgeEvent, legacyEnvelope, snsNotification } from "../../../support/envelopes.ts";
import { law } from "../../../support/law.ts";
import { readMessage } from "../../../support/relay-message.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const CODES = ["invalid_json", "unknown_envelope", "unknown_event", "invalid_event"];

const read = (body: string, maxPayloadBytes = 9000) => readMessage(sqsRecord("m1", body), { maxPayloadBytes });

const plain = (message: string): string => message;
const wrap = fc.constantFrom(plain, snsNotification, eventBridgeEvent);
const write = fc.constantFrom(cloudEvent, legacyEnvelope);

/** The payload as an object, or as its text in a string. */
const payloadText = payload.chain(({ json }) => fc.constantFrom(json, JSON.stringify(json)));

/** Text that mostly looks like a message. */
const body = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc
    .tuple(wrap, write, fc.json(), fc.constantFrom(...eventNames))
    .map(([wrap, write, json, name]) => wrap(write(json, name))),
  fc
    .tuple(wrap, write, payload, fc.constantFrom(...eventNames))
    .map(([wrap, write, it, name]) => wrap(write(it.json, name))),
  fc
    .tuple(fc.constantFrom("", "\ufeff"), fc.constantFrom(...eventNames), fc.json(), fc.oneof(payloadText, fc.json()))
    .map(([mark, name, time, detail]) => `${mark}{"detail-type":"${name}","time":${time},"detail":${detail}}`),
);

describe("decode, route and guard", () => {
  it("accept any message body or reject it with a code, and never throw", () => {
    law(
      fc.property(body, (text) => {
        const message = read(text);
        if (message.kind === "rejected") expect(CODES).toContain(message.rejection.code);
      }),
      2000,
    );
  });

  it("keep the producer's own text of a payload under the limit, through every envelope and wrapper", () => {
    law(
      fc.property(wrap, write, payload, (wrap, write, { json }) => {
        expect(read(wrap(write(json, "notification")))).toMatchObject({
          kind: "ready",
          json: Buffer.byteLength(json) <= 9000 ? json : expect.any(String),
        });
      }),
      500,
    );
  });

  it("give every accepted message one or two channels of Pusher's grammar", () => {
    law(
      fc.property(body, (text) => {
        const message = read(text, 256);
        if (message.kind === "rejected") return;
        expect([1, 2]).toContain(message.channels.length);
        expect(new Set(message.channels).size).toBe(message.channels.length);
        for (const channel of message.channels) expect(channel).toMatch(/^private-[A-Za-z0-9_\-=@,.;]{1,156}$/);
      }),
      1000,
    );
  });
});
