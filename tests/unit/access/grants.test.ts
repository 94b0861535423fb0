import { buildChannel } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EntityChannel, readGrants } from "../../../packages/access/src/grants.ts";
import { wellFormedId } from "../../support/arbitrary-ids.ts";
import { law } from "../../support/law.ts";

const audit = (id: string): EntityChannel => ({ kind: "audit", id });
const kind = fc.constantFrom("audit", "fiche", "job");

describe("a grant", () => {
  it.each([
    ["audit-42", audit("42")],
    ["fiche-42", { kind: "fiche", id: "42" }],
    ["audit-a=3Ab", audit("a:b")],
    ["audit-audit-1", audit("audit-1")],
    ["audit-*", audit("42")],
    ["*", audit("42")],
    ["*", { kind: "job", id: "*" }],
  ] as const)("%s covers %j", (grant, channel) => {
    expect(readGrants([grant]).covers(channel)).toBe(true);
  });

  it.each([
    ["audit-1", audit("10")],
    ["audit-10", audit("1")],
    ["audit-1*", audit("10")],
    ["audit-1=2E", audit("1.")],
    ["audit-=2A", audit("42")],
    ["audit-a:b", audit("a:b")],
    ["fiche-42", audit("42")],
    ["fiche-*", audit("42")],
    ["AUDIT-42", audit("42")],
    ["private-audit-42", audit("42")],
    ["presence-audit-42", audit("42")],
    ["audit", audit("42")],
    ["audit-", audit("42")],
    ["-*", audit("42")],
    ["**", audit("42")],
    ["*-*", audit("42")],
    ["audit-**", audit("42")],
    ["audit-42 ", audit("42")],
    [" audit-42", audit("42")],
    ["audit-42,audit-43", audit("42")],
    ["", audit("42")],
    ["global", audit("42")],
  ])("%j does not cover %j", (grant, channel) => {
    expect(readGrants([grant]).covers(channel)).toBe(false);
  });

  it.each(["*", "audit-*", "audit-42"])("may be the claim itself, as one text: %j", (claim) => {
    expect(readGrants(claim).covers(audit("42"))).toBe(true);
  });

  it.each([
    undefined,
    null,
    "audit-41",
    "audit-42,audit-43",
    { 0: "*" },
    42,
    [["*"]],
    [null],
    [{}],
    [42],
    [["audit-42"]],
  ])("grants nothing if the claim is neither a list of strings nor one grant: %j", (claim) => {
    expect(readGrants(claim).covers(audit("42"))).toBe(false);
  });
});

describe("for any ids", () => {
  it("a grant covers its own kind and id only", () => {
    law(
      fc.property(kind, wellFormedId, kind, wellFormedId, (granted, id, asked, other) => {
        const grant = buildChannel({ kind: granted, id }, "public");
        fc.pre(grant.ok);
        const grants = readGrants([grant.value]);
        expect(grants.covers({ kind: granted, id })).toBe(true);
        expect(grants.covers({ kind: asked, id: other })).toBe(granted === asked && id === other);
      }),
    );
  });

  it("a list covers the channels that one of its grants covers", () => {
    const grant = fc.tuple(kind, fc.constantFrom("1", "2", "*")).map(([of, id]) => `${of}-${id}`);
    law(
      fc.property(fc.array(grant), kind, fc.constantFrom("1", "2", "3"), (list, of, id) => {
        const channel = { kind: of, id };
        expect(readGrants(list).covers(channel)).toBe(list.some((one) => readGrants([one]).covers(channel)));
      }),
    );
  });
});
