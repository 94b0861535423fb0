import { describe, expect, it } from "vitest";
import { verifyWebhook } from "../../../../functions/webhook/verify.ts";
import { documentedApp } from "../../../support/pusher-app.ts";
import { NOW_MS, OCCUPIED, signatureOf, webhookBody } from "../../../support/webhooks.ts";

interface Sent {
  readonly body?: string | Uint8Array;
  readonly key?: string | undefined;
  readonly signature?: string | undefined;
  readonly nowMs?: number;
}

function verify(sent: Sent = {}) {
  const { body = webhookBody(), nowMs = NOW_MS } = sent;
  const bytes = Buffer.from(body);
  const signed = { key: documentedApp.key, signature: signatureOf(bytes), ...sent, body: bytes };
  return verifyWebhook(signed, [documentedApp], nowMs);
}

const codeOf = (sent: Sent) => {
  const verified = verify(sent);
  return verified.ok ? "ok" : verified.code;
};

describe("a webhook that Pusher signed", () => {
  it("has Pusher's time and events", () => {
    expect(verify()).toEqual({
      ok: true,
      webhook: {
        timeMs: NOW_MS,
        events: [{ ...OCCUPIED, json: JSON.stringify({ ...OCCUPIED, time_ms: NOW_MS }) }],
      },
    });
  });

  it("verifies with the signature of the pusher library's own example", () => {
    const body = '{"time_ms":1403175510755,"events":[{"channel":"test_channel","name":"channel_vacated"}]}';
    const signature = "c17257e92037cd7de407ebc1ed174ceb7b2e518db127f44411b9ffc4f5b28cc5";
    const app = { key: "123456789", secret: "tofu" };
    const verified = verifyWebhook({ key: app.key, signature, body: Buffer.from(body) }, [app], 1_403_175_510_755);
    expect(verified).toMatchObject({ ok: true, webhook: { events: [{ name: "channel_vacated" }] } });
  });

  it("may have no events", () => {
    expect(verify({ body: webhookBody([]) })).toMatchObject({ ok: true, webhook: { events: [] } });
  });

  it("may have events and fields that are unknown today", () => {
    expect(verify({ body: '{"time_ms":1,"events":[{"name":"x","y":[1]}],"z":1}', nowMs: 1 })).toEqual({
      ok: true,
      webhook: { timeMs: 1, events: [{ name: "x", channel: undefined, json: '{"name":"x","y":[1],"time_ms":1}' }] },
    });
  });
});

describe("a signature", () => {
  it.each([{ key: undefined }, { key: "" }, { signature: undefined }, { signature: "" }])(
    "is required: %j",
    (missing) => {
      expect(codeOf(missing)).toBe("missing_signature");
    },
  );

  it.each(["other", `${documentedApp.key} `, documentedApp.key.toUpperCase(), "__proto__"])(
    "belongs to another app with the key %j",
    (key) => {
      expect(codeOf({ key })).toBe("unknown_key");
    },
  );

  const right = signatureOf(webhookBody());
  it.each([
    ["of another secret", signatureOf(webhookBody(), "another")],
    ["of another body", signatureOf(`${webhookBody()} `)],
    ["in capitals", right.toUpperCase()],
    ["too short", right.slice(0, -1)],
    ["too long", `${right}0`],
    ["no hex", "é".repeat(64)],
    ["a megabyte", "0".repeat(1_048_576)],
  ])("is rejected where it is %s", (_what, signature) => {
    expect(codeOf({ signature })).toBe("invalid_signature");
  });

  it("is checked against the bytes, not against their text", () => {
    const broken = Buffer.concat([Buffer.from(webhookBody([])), Buffer.of(0xff)]);
    expect(codeOf({ body: broken, signature: signatureOf(broken.toString()) })).toBe("invalid_signature");
  });

  it("is checked before the body is parsed", () => {
    for (const body of ["", "{", webhookBody([], 0)])
      expect(codeOf({ body, signature: right })).toBe("invalid_signature");
  });
});

describe("during a rotation of the key, a webhook", () => {
  const previous = { key: "previous-key", secret: "previous-secret" };
  const body = Buffer.from(webhookBody());
  const codeWith = (key: string, secret: string): string => {
    const verdict = verifyWebhook(
      { key, signature: signatureOf(body, secret), body },
      [documentedApp, previous],
      NOW_MS,
    );
    return verdict.ok ? "ok" : verdict.code;
  };

  it.each([documentedApp, previous])("is accepted with the key $key", ({ key, secret }) =>
    expect(codeWith(key, secret)).toBe("ok"),
  );

  it("needs the secret of its own key", () => {
    expect(codeWith(documentedApp.key, previous.secret)).toBe("invalid_signature");
    expect(codeWith(previous.key, documentedApp.secret)).toBe("invalid_signature");
  });

  it("is rejected with a third key", () => expect(codeWith("another", previous.secret)).toBe("unknown_key"));
});

describe("a signed body that is not a webhook", () => {
  it.each([
    "",
    "{",
    "null",
    "[]",
    "1",
    "{}",
    '{"events":[]}',
    `{"time_ms":${NOW_MS}}`,
    `{"time_ms":"${NOW_MS}","events":[]}`,
    `{"time_ms":${NOW_MS}.5,"events":[]}`,
    '{"time_ms":1e999,"events":[]}',
    `{"time_ms":${NOW_MS},"events":{}}`,
    `{"time_ms":${NOW_MS},"events":[null]}`,
    `{"time_ms":${NOW_MS},"events":[{}]}`,
    `{"time_ms":${NOW_MS},"events":[{"name":1}]}`,
    `{"time_ms":${NOW_MS},"events":[{"name":"x","channel":{}}]}`,
    `{"time_ms":${NOW_MS},"events":[{"name":"x","data":${"[".repeat(50_000)}${"]".repeat(50_000)}}]}`,
  ])("is rejected: %.60s", (body) => {
    expect(codeOf({ body })).toBe("invalid_webhook");
  });

  it("is invalid if it is not UTF-8", () => {
    expect(codeOf({ body: Buffer.concat([Buffer.from(webhookBody([])), Buffer.of(0xff)]) })).toBe("invalid_webhook");
  });
});

describe("a webhook's time", () => {
  const FIVE_MINUTES_MS = 300_000;

  it.each([0, 1, FIVE_MINUTES_MS, -FIVE_MINUTES_MS])("may be %i ms ago", (ageMs) => {
    expect(codeOf({ nowMs: NOW_MS + ageMs })).toBe("ok");
  });

  it.each([FIVE_MINUTES_MS + 1, -FIVE_MINUTES_MS - 1, NOW_MS, -NOW_MS])("may not be %i ms ago", (ageMs) => {
    expect(codeOf({ nowMs: NOW_MS + ageMs })).toBe("stale_webhook");
  });
});
