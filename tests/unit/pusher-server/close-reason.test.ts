import fc from "fast-check";
import { test } from "vitest";
import { fitCloseFrame } from "../../../packages/pusher-server/src/socket/close-reason.ts";

const message = fc.string({ unit: "grapheme", maxLength: 200 });

test("a reason always fits a close frame", () => {
  fc.assert(fc.property(message, (text) => Buffer.byteLength(fitCloseFrame(text)) <= 123));
});

test("a reason is cut at its end only", () => {
  fc.assert(fc.property(message, (text) => text.startsWith(fitCloseFrame(text))));
});
