import {
  buildChannel,
  type Channel,
  type ChannelForm,
  ENTITY_KINDS,
  MAX_CHANNEL_NAME_LENGTH,
  parseChannel,
} from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wellFormedId } from "../../support/arbitrary-ids.ts";
import { law } from "../../support/law.ts";
import { acceptedValue, rejectionOf } from "../../support/unwrap.ts";

const PREFIX = { private: "private-", public: "", presence: "presence-", encrypted: "private-encrypted-" } as const;
const FORMS: readonly ChannelForm[] = ["private", "public", "presence", "encrypted"];

const build = (channel: Channel, form: ChannelForm): string => acceptedValue(buildChannel(channel, form));

const form = fc.constantFrom(...FORMS);
const entity = fc.record({ kind: fc.constantFrom(...ENTITY_KINDS), id: wellFormedId });
const channel: fc.Arbitrary<Channel> = fc.oneof(
  { weight: 8, arbitrary: entity },
  { weight: 1, arbitrary: fc.constant<Channel>({ kind: "global" }) },
  { weight: 1, arbitrary: fc.constant<Channel>({ kind: "test" }) },
);
const named = fc.record({ channel, form }).filter((it) => buildChannel(it.channel, it.form).ok);

describe("the name of a channel", () => {
  it.each(FORMS)("follows the contract in %s form", (form) => {
    expect(build({ kind: "audit", id: "42" }, form)).toBe(`${PREFIX[form]}audit-42`);
    expect(build({ kind: "fiche", id: "1787121" }, form)).toBe(`${PREFIX[form]}fiche-1787121`);
    expect(build({ kind: "job", id: "job-7f3a" }, form)).toBe(`${PREFIX[form]}job-job-7f3a`);
    expect(build({ kind: "global" }, form)).toBe(`${PREFIX[form]}global`);
  });

  it("is realtime-test for the test channel, which has no presence form", () => {
    expect(build({ kind: "test" }, "private")).toBe("private-realtime-test");
    expect(build({ kind: "test" }, "public")).toBe("realtime-test");
    expect(build({ kind: "test" }, "encrypted")).toBe("private-encrypted-realtime-test");
    expect(buildChannel({ kind: "test" }, "presence").ok).toBe(false);
    expect(parseChannel("presence-realtime-test")).toBeUndefined();
  });

  it.each([
    ["a:b", "a=3Ab"],
    ["a=3Ab", "a=3D3Ab"],
    ["../../x", "..=2F..=2Fx"],
    ["é", "=C3=A9"],
    ["🎧", "=F0=9F=8E=A7"],
    ["\ufeff42", "=EF=BB=BF42"],
    ["a b\n", "a=20b=0A"],
    ["A-Z_a-z@0,9.;", "A-Z_a-z@0,9.;"],
  ])("carries the id %j as %s", (id, encoded) => {
    expect(build({ kind: "audit", id }, "private")).toBe(`private-audit-${encoded}`);
  });

  it("uses only characters of Pusher's grammar", () => {
    law(
      fc.property(named, ({ channel, form }) => {
        expect(build(channel, form)).toMatch(/^[A-Za-z0-9_\-=@,.;]{1,164}$/);
      }),
    );
  });

  it("parses to the channel it was built from", () => {
    law(
      fc.property(named, ({ channel, form }) => {
        expect(parseChannel(build(channel, form))).toEqual({ channel, form });
      }),
      1000,
    );
  });

  it("belongs to one channel only", () => {
    const different = fc.tuple(named, named).filter(([one, other]) => JSON.stringify(one) !== JSON.stringify(other));
    law(
      fc.property(different, ([one, other]) => {
        expect(build(one.channel, one.form)).not.toBe(build(other.channel, other.form));
      }),
      1000,
    );
  });

  it("is the same after parsing and building", () => {
    const unit = fc.constantFrom("=", "A", "a", "3", "0", "8", "C", "F", "-", "z", "@");
    law(
      fc.property(form, fc.constantFrom(...ENTITY_KINDS), fc.string({ unit, maxLength: 9 }), (form, kind, rest) => {
        const name = `${PREFIX[form]}${kind}-${rest}`;
        const parsed = parseChannel(name);
        if (parsed !== undefined) expect(build(parsed.channel, parsed.form)).toBe(name);
      }),
      2000,
    );
  });
});

describe("an id that no channel can carry", () => {
  const reject = (id: string) => rejectionOf(buildChannel({ kind: "audit", id }, "private"));

  it("is empty", () => expect(reject("").code).toBe("invalid_event"));

  it.each(["\ud800", "a\udc00b", "\udfa7\ud83c", `${"x".repeat(20)}\udbff`])(
    "holds half a surrogate pair: %j",
    (id) => {
      expect(reject(id).code).toBe("invalid_event");
    },
  );

  it.each([500, 100_000])("has %i characters", (length) => {
    expect(reject("x".repeat(length)).code).toBe("invalid_event");
  });

  it("does not appear in the rejection", () => {
    expect(reject("s3cr3t".repeat(100)).detail).not.toContain("s3cr3t");
  });
});

describe("the limit of 164 characters", () => {
  const room = (form: ChannelForm, kind: string): number => MAX_CHANNEL_NAME_LENGTH - `${PREFIX[form]}${kind}-`.length;
  const cases = FORMS.flatMap((form) => ENTITY_KINDS.map((kind) => ({ form, kind })));

  it("is the one that Pusher documents", () => expect(MAX_CHANNEL_NAME_LENGTH).toBe(164));

  it.each(cases)("allows the longest id of a $form $kind channel", ({ form, kind }) => {
    const id = "x".repeat(room(form, kind));
    const name = build({ kind, id }, form);
    expect(name).toHaveLength(164);
    expect(parseChannel(name)).toEqual({ channel: { kind, id }, form });
  });

  it.each(cases)("rejects a $form $kind channel with one character more", ({ form, kind }) => {
    const id = "x".repeat(room(form, kind) + 1);
    expect(buildChannel({ kind, id }, form)).toMatchObject({ ok: false, code: "invalid_event" });
    expect(parseChannel(`${PREFIX[form]}${kind}-${id}`)).toBeUndefined();
  });

  it.each(cases)("counts an id's escapes in a $form $kind channel", ({ form, kind }) => {
    const fits = ":".repeat(Math.floor(room(form, kind) / 3));
    expect(buildChannel({ kind, id: fits }, form).ok).toBe(true);
    expect(buildChannel({ kind, id: `${fits}:` }, form).ok).toBe(false);
  });
});

describe("a name that buildChannel never builds", () => {
  it.each([
    ["nothing at all", ""],
    ["a prefix alone", "private-"],
    ["a kind alone", "private-audit"],
    ["an empty id", "private-audit-"],
    ["an unknown kind", "private-user-42"],
    ["a kind in upper case", "private-Audit-42"],
    ["a prefix in upper case", "Private-audit-42"],
    ["two prefixes", "private-private-audit-42"],
    ["presence of an encrypted one", "presence-encrypted-audit-42"],
    ["more after global", "private-global-42"],
    ["more after the test channel", "private-realtime-test-1"],
    ["a lone =", "private-audit-="],
    ["= and one digit", "private-audit-a=3"],
    ["= and no digits", "private-audit-=zz"],
    ["a lower-case escape", "private-audit-a=3ab"],
    ["a needless escape", "private-audit-=41"],
    ["a needless escape of -", "private-audit-a=2Db"],
    ["a byte that is no UTF-8", "private-audit-=80"],
    ["a cut UTF-8 sequence", "private-audit-=F0=9F=8E"],
    ["an overlong UTF-8 sequence", "private-audit-=C0=AF"],
    ["a surrogate in UTF-8", "private-audit-=ED=A0=80"],
    ["beyond Unicode", "private-audit-=F4=90=80=80"],
    ["a character outside the grammar", "private-audit-a:b"],
    ["a slash", "private-audit-../../x"],
    ["a letter outside ASCII", "private-audit-é"],
    ["a full-width digit", "private-audit-４２"],
    ["a space around", " private-audit-42"],
    ["a line after", "private-audit-42\n"],
    ["a server-to-user channel", "#server-to-user-42"],
    ["a cache channel", "private-cache-audit-42"],
  ])("does not parse: %s", (_, name) => {
    expect(parseChannel(name)).toBeUndefined();
  });
});
