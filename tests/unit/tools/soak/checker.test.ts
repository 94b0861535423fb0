import { describe, expect, it } from "vitest";
import { entityOf, expectedChannels } from "../../../../tools/soak/checker/contract.ts";
import { payloadFault, sentPayload } from "../../../../tools/soak/checker/payload.ts";

describe("the contract that the checker holds", () => {
  it.each([
    ["audit.progress", { audit_id: "a:b", fiche_id: 17 }, ["private-audit-a=3Ab", "private-fiche-17"]],
    ["audit.progress", { audit_id: null, fiche_id: "f" }, ["private-fiche-f"]],
    ["transcription.progress", { fiche_id: "é=" }, ["private-fiche-=C3=A9=3D"]],
    ["fiches.progressive_fetch.created", { job_id: "j" }, ["private-job-j"]],
    ["batch.progress", {}, ["private-global"]],
    ["notification", { audit_id: "a" }, ["private-global"]],
  ])("routes %s with %j to %j", (name, data, channels) => {
    expect(expectedChannels(name, data)).toEqual(channels);
  });

  it.each([
    ["audit.progress", { audit_id: "a", fiche_id: "1" }, { audit_id: "a", fiche_id: "2" }, true],
    ["audit.progress", { audit_id: "a" }, { audit_id: "b" }, false],
    ["audit.progress", { audit_id: null, audit_db_id: "a" }, { audit_db_id: "a" }, true],
    ["audit.progress", { audit_id: "a" }, { audit_db_id: "a" }, false],
    ["batch.progress", { batch_id: "1", operation_type: "audit" }, { batch_id: "1", operation_type: "audit" }, true],
    ["batch.progress", { batch_id: "1", operation_type: "audit" }, { batch_id: "2", operation_type: "audit" }, false],
    [
      "batch.progress",
      { batch_id: "1", operation_type: "audit" },
      { batch_id: "1", operation_type: "transcription" },
      false,
    ],
    ["transcription.progress", { fiche_id: 17 }, { fiche_id: "17" }, true],
    ["fiches.progressive_fetch.progress", { jobId: "j" }, { job_id: "j" }, true],
  ])("compares the entities of %s with %j and %j", (name, one, other, isSame) => {
    expect(entityOf(name, one) === entityOf(name, other)).toBe(isSame);
  });

  it.each([
    ["audit.progress", { fiche_id: "1" }],
    ["batch.progress", { batch_id: "1" }],
    ["audit.completed", { audit_id: "a" }],
  ])("has no entity for %s with %j", (name, data) => {
    expect(entityOf(name, data)).toBeUndefined();
  });
});

describe("the comparison of payloads", () => {
  const small = sentPayload('{"a":1.50,"b":"\\u00e9"}');
  const text = "x".repeat(9_500);
  const large = sentPayload(`{"id":"a","ratio":1.50,"list":[1,2],"text":"${text}"}`);

  it("accepts a payload that fits only byte for byte", () => {
    expect(payloadFault(small, '{"a":1.50,"b":"\\u00e9"}')).toBeUndefined();
    expect(payloadFault(small, '{"a":1.5,"b":"\\u00e9"}')).toContain("another payload");
    expect(payloadFault(small, '{"a":1.50,"b":"é"}')).toContain("another payload");
  });

  it.each([
    ['{"id":"a","ratio":1.50,"listCount":2,"truncated":true}', undefined],
    ['{"id":"a","ratio":1.5,"listCount":2,"truncated":true}', "another spelling of ratio"],
    ['{"id":"a","listCount":2,"truncated":true}', "without ratio"],
    ['{"ratio":1.50,"listCount":2,"truncated":true}', "without id"],
    ['{"id":"a","ratio":1.50,"truncated":true}', "without the length of list"],
    ['{"id":"a","ratio":1.50,"listCount":2}', "without list"],
    ['{"id":"a","ratio":1.50,"listCount":2,"truncated":true,"more":1}', "changed more"],
    [`{"id":"a","ratio":1.50,"listCount":2,"text":"${text}"}`, "a payload of"],
    ["[]", "no JSON object"],
  ])("judges the truncated payload %s", (data, fault) => {
    const found = payloadFault(large, data);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(fault);
  });

  it("requires the whole payload if it fits without its escapes", () => {
    const escaped = sentPayload(`{"id":"a","text":"${"\\u00e9".repeat(2_000)}"}`);
    expect(payloadFault(escaped, `{"id":"a","text":"${"é".repeat(2_000)}"}`)).toBeUndefined();
    expect(payloadFault(escaped, '{"id":"a","truncated":true}')).toContain("fits without its escapes");
  });
});
