import { describe, expect, it } from "vitest";
import { deployed } from "./deployed.ts";
import type { StageName } from "./stages.ts";

/** SST's random ending. The synthesis pins it. */
const RANDOM = /-[a-z]{8}(?:\.fifo)?$/;
/** Types whose names an account shares between its regions. */
const WITHOUT_REGION = ["aws:iam/role:Role", "aws:iam/policy:Policy", "aws:cloudwatch/dashboard:Dashboard"];
/** Buckets have the same name in a region, and keys that contain a hash. */
const WITHOUT_NAME = ["aws:s3/bucketObjectv2:BucketObjectv2"];

/** `type name` of every resource whose name the deployment chooses, without those that SST ends at random. */
function namesOf(stage: StageName, types?: readonly string[]): readonly string[] {
  return deployed(stage)
    .synthesis.resources.filter(({ type }) => type.startsWith("aws:") && !WITHOUT_NAME.includes(type))
    .filter(({ type }) => types === undefined || types.includes(type))
    .flatMap(({ type, inputs }) =>
      [inputs.name, inputs.dashboardName].flatMap((name) => (typeof name === "string" ? [`${type} ${name}`] : [])),
    )
    .filter((name) => !RANDOM.test(name));
}

/** Names inside of something that has a name of its own. */
const INNER = /^aws:apigatewayv2\/stage:Stage|^aws:cloudwatch\/logMetricFilter:/;

describe("names", () => {
  it.each([
    ["ci", "production"],
    ["ci", "other"],
  ] as const)("of the stages %s and %s in one region are never the same", (one, another) => {
    const others = namesOf(another).filter((name) => !INNER.test(name));
    expect(others.length).toBeGreaterThan(20);
    expect(namesOf(one).filter((name) => others.includes(name))).toEqual([]);
  });

  it("of one stage in two regions are never the same where AWS has no regions", () => {
    const global = namesOf("overseas", WITHOUT_REGION);
    expect(global.toSorted()).toEqual([
      "aws:cloudwatch/dashboard:Dashboard realtime-gateway-ci-us-east-1",
      "aws:iam/policy:Policy realtime-gateway-ci-us-east-1-producers",
    ]);
    expect(namesOf("ci", WITHOUT_REGION).filter((name) => global.includes(name))).toEqual([]);
  });

  it("of every resource begin with the app and the stage", () => {
    const names = namesOf("ci").filter((name) => !INNER.test(name));
    for (const name of names) expect(name).toContain("realtime-gateway-ci");
  });
});
