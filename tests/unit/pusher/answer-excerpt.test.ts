import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../packages/pusher/src/answer-excerpt.ts";

const KEY = "278d425bdf160c739803";
const SIGNATURE = "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";
const PATH = `/apps/3/batch_events?auth_key=${KEY}&auth_timestamp=1353088179&auth_signature=${SIGNATURE}`;

describe("the excerpt of an answer", () => {
  it.each([
    ["text as it is", "The app is over its quota", "The app is over its quota"],
    ["JSON as it is", '{"error":"Data too large"}', '{"error":"Data too large"}'],
    ["media types and dates as they are", "not application/json at 09:00", "not application/json at 09:00"],
    ["one space for white space", " Bad\r\n\tdata\u2028now \n", "Bad data now"],
    ["no control characters", "\u001b[31mBad\u0000 d\u0085at\u007fa", "[31mBad data"],
    ["no invisible or undefined characters", "B\u202ea\u200bd\u{e0041} \ud800data\uffff", "Bad data"],
    ["nothing of a body without words", "{}\n…", ""],
    ["nothing of an empty body", "", ""],
  ])("has %s", (_, body, expected) => {
    expect(excerptOf(body)).toBe(expected);
  });

  it.each([
    ["a URL", `See https://api-eu.pusher.com${PATH}.`, "See …"],
    ["a URL with escaped slashes", '{"see":"https:\\/\\/pusher.com\\/docs"}', '{"see":"…"}'],
    ["a URL without a scheme", "See pusher.com/docs or 127.0.0.1:6001/x", "See … or …"],
    ["a percent-encoded URL", "to=https%3A%2F%2Fpusher.com", "…"],
    ["a path of the API", `Cannot POST ${PATH}`, "Cannot POST …"],
    ["a query", `bad query ?a=1 &amp;auth_key=${KEY}`, "bad query … …"],
    ["a lone parameter", `auth_key=${KEY} is wrong`, "… is wrong"],
    ["a lone signature", `you sent "${SIGNATURE}"`, 'you sent "…"'],
    ["a URL with control characters", `htt\u0000ps:/\u200b/x/au\u0001th_key=${KEY} no`, "… no"],
  ])("replaces %s", (_, body, expected) => {
    expect(excerptOf(body)).toBe(expected);
  });

  it("keeps what is wrong with a signature, without the signature", () => {
    const signed = JSON.stringify(`POST\n/apps/3/events\nauth_key=${KEY}&auth_version=1.0`);
    const body = `Invalid signature: you should have sent HmacSHA256Hex(${signed}, your_secret_key), but you sent "${SIGNATURE}"`;
    expect(excerptOf(body)).toBe(
      'Invalid signature: you should have sent HmacSHA256Hex("…", your_secret_key), but you sent "…"',
    );
  });

  it("ends after 200 characters, and never inside one", () => {
    expect(excerptOf("🎧é".repeat(300))).toBe("🎧é".repeat(100));
  });

  it("never has a signed path, whatever surrounds it", () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    fc.assert(
      fc.property(text, text, fc.nat(PATH.length), text, (before, after, at, inside) => {
        const split = inside.replace(/[^\p{C}]|\s/gu, "");
        const excerpt = excerptOf(`${before}${PATH.slice(0, at)}${split}${PATH.slice(at)}${after}`);
        for (const secret of [KEY, SIGNATURE, "batch_events", "auth_"]) expect(excerpt).not.toContain(secret);
        expect(excerpt).not.toMatch(/\p{C}/u);
      }),
      { numRuns: 300 },
    );
  });
});
