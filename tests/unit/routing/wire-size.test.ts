import { PUSHER_MAX_DATA_BYTES, utf8Bytes } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

describe("the UTF-8 bytes of a text", () => {
  it("equal the bytes that Node counts, even for lone surrogates", () => {
    law(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it.each(["a", "é", "€", "😀"])("are counted to the end of a long text of %s", (character) => {
    for (const times of [PUSHER_MAX_DATA_BYTES, 10_922, 10_923, 1_000_000]) {
      const text = character.repeat(times);
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
    }
  });
});
