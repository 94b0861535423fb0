import { buildChannel, type ChannelForm } from "@realtime-gateway/routing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayJoin } from "../../../examples/nextjs/lib/may-join.ts";
import { wellFormedId } from "../../support/arbitrary-ids.ts";

const FORMS = ["private", "encrypted", "presence"] as const;

const sessionOf = (...audits: readonly string[]) => ({ id: "alice", audits });

/** The gateway's name for the channel. `undefined` if there is no such channel. */
function nameOf(id: string, form: ChannelForm): string | undefined {
  const built = buildChannel({ kind: "audit", id }, form);
  return built.ok ? built.value : undefined;
}

describe("the rule of the example", () => {
  it("allows an audit's channels under the gateway's names", () => {
    fc.assert(
      fc.property(wellFormedId, fc.constantFrom(...FORMS), (id, form) => {
        const name = nameOf(id, form);
        fc.pre(name !== undefined);
        expect(mayJoin(sessionOf("another", id), name)).toBe(true);
      }),
    );
  });

  it("denies the channel of every other id", () => {
    fc.assert(
      fc.property(wellFormedId, wellFormedId, fc.constantFrom(...FORMS), (id, other, form) => {
        const name = nameOf(other, form);
        fc.pre(id !== other && name !== undefined);
        expect(mayJoin(sessionOf(id), name)).toBe(false);
      }),
    );
  });

  it.each([
    ["a=3Ab", "a:b"],
    ["=EF=BF=BD", "\ufffd"],
    // It has no UTF-8 form, so encoders write U+FFFD instead.
    ["\ud800", "\ufffd"],
  ])("distinguishes %j from %j", (id, other) => {
    for (const form of FORMS) expect(mayJoin(sessionOf(id), nameOf(other, form) ?? "")).toBe(false);
  });
});
