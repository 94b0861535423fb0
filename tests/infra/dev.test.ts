import { describe, expect, it } from "vitest";
import { FUNCTION_NAMES, FUNCTIONS } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { deployed, FUNCTION, functionOf, roleOf } from "./deployed.ts";
import { APPSYNC } from "./synth/aws-stand-in.ts";

const EACH = FUNCTION_NAMES.map((name) => ({ name, logical: logicalName(name) }));

describe.each(EACH)("under `sst dev`, $name", ({ name, logical }) => {
  const stage = deployed("dev");

  it("is a stub that gets SST's variables and those that the function reads", () => {
    const { variables } = functionOf(stage, logical).environment;
    expect(stage.one(FUNCTION, `${logical}Function`).inputs).toMatchObject({
      handler: "bootstrap",
      description: "live",
    });
    expect(variables).toMatchObject({
      SST_APP: "realtime-gateway",
      SST_STAGE: "ana",
      SST_REGION: "eu-west-1",
      SST_FUNCTION_ID: logical,
      SST_ASSET_BUCKET: "sst-asset-stand-in",
      SST_APPSYNC_HTTP: APPSYNC.HTTP,
      SST_APPSYNC_REALTIME: APPSYNC.REALTIME,
    });
    expect(FUNCTIONS[name].settings.read(variables)).toMatchObject({ ok: true });
  });

  it("has a role that Lambda and the developer's account may assume, without managed policies", () => {
    const { trusts, managedPolicies } = roleOf(stage, logical);
    expect(trusts).toMatchObject([
      { Principal: { Service: ["lambda.amazonaws.com"], AWS: ["arn:aws:iam::123456789012:root"] } },
    ]);
    expect(managedPolicies).toEqual([]);
  });
});

it("a deployed function gets no variable of SST", () => {
  for (const { logical } of EACH)
    expect(Object.keys(functionOf(deployed("ci"), logical).environment.variables).join()).not.toContain("SST_");
});
