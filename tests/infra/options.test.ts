import { describe, expect, it } from "vitest";
import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { deployed, FUNCTION, functionOf, roleOf } from "./deployed.ts";
import { faultsWith, planWith } from "./plan.ts";
import { LAYER, SECURITY_GROUP, SUBNETS } from "./stages.ts";

const ALL = FUNCTION_NAMES.map(logicalName);
const inputsOf = (stage: Parameters<typeof deployed>[0], logical: string) =>
  deployed(stage).one(FUNCTION, `${logical}Function`).inputs;
const actionsOf = (stage: Parameters<typeof deployed>[0], logical: string): string =>
  JSON.stringify(roleOf(deployed(stage), logical).statements);

describe("a VPC", () => {
  it("contains exactly the functions that the stage names", () => {
    const inside = ALL.filter((logical) => "vpcConfig" in inputsOf("private", logical));
    expect(inside).toEqual(["Relay", "Auth"]);
    for (const logical of inside)
      expect(inputsOf("private", logical).vpcConfig).toEqual({
        subnetIds: SUBNETS,
        securityGroupIds: [SECURITY_GROUP],
      });
  });

  it("lets Lambda create network interfaces for them, and not their own code", () => {
    const statements = roleOf(deployed("private"), "Auth").statements;
    const interfaces = statements.filter(({ Action }) => JSON.stringify(Action).includes("ec2:"));
    expect(interfaces).toEqual([
      { Effect: "Allow", Action: expect.arrayContaining(["ec2:CreateNetworkInterface"]), Resource: ["*"] },
      {
        Effect: "Deny",
        Action: interfaces[0]?.Action,
        Resource: ["*"],
        Condition: {
          ArnEquals: {
            "lambda:SourceFunctionArn": [
              "arn:aws:lambda:eu-west-1:123456789012:function:realtime-gateway-private-auth",
            ],
          },
        },
      },
    ]);
    expect(actionsOf("private", "Webhook")).not.toContain("ec2:");
  });

  it("contains auth alone, unless the stage names other functions", () => {
    const env = { GATEWAY_VPC_SUBNETS: SUBNETS.join(), GATEWAY_VPC_SECURITY_GROUPS: SECURITY_GROUP };
    expect(planWith(env)).toMatchObject({ value: { settings: { vpc: { functions: ["auth"] } } } });
  });
});

describe("traces", () => {
  it("go to X-Ray from each function of a stage that asks for them", () => {
    for (const logical of ALL) {
      expect(inputsOf("private", logical).tracingConfig).toEqual({ mode: "Active" });
      expect(actionsOf("private", logical)).toContain("xray:PutTraceSegments");
    }
  });

  it("can come from a layer, which every function gets", () => {
    for (const logical of ALL) {
      expect(inputsOf("urls", logical).layers).toEqual([LAYER]);
      expect(functionOf(deployed("urls"), logical).environment.variables).toMatchObject({
        AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-instrument",
      });
    }
  });
});

it.each(["ci", "production", "other"] as const)(
  "%s has no VPC, traces, layers or pollers, which it does not ask for",
  (name) => {
    for (const logical of ALL) {
      for (const option of ["vpcConfig", "tracingConfig", "layers"])
        expect(inputsOf(name, logical)).not.toHaveProperty(option);
      expect(actionsOf(name, logical)).not.toMatch(/ec2:|xray:/);
      expect(functionOf(deployed(name), logical).environment.variables).not.toHaveProperty("AWS_LAMBDA_EXEC_WRAPPER");
    }
    const { inputs } = deployed(name).one("aws:lambda/eventSourceMapping:EventSourceMapping", "RelayEvents");
    expect(inputs).not.toHaveProperty("provisionedPollerConfig");
  },
);

describe("provisioned pollers", () => {
  it("replace the maximum of relays", () => {
    const { inputs } = deployed("private").one("aws:lambda/eventSourceMapping:EventSourceMapping", "RelayEvents");
    expect(inputs.provisionedPollerConfig).toEqual({ minimumPollers: 3, maximumPollers: 20 });
    expect(inputs).not.toHaveProperty("scalingConfig");
  });

  it("run ten relays each", () => {
    expect(planWith({ GATEWAY_MAX_POLLERS: "20" })).toMatchObject({
      value: { settings: { pollers: { min: 2, max: 20 }, maxConcurrency: 200 } },
    });
  });
});

describe("a Pusher server of one's own", () => {
  it("gets the events and the test events, with no cluster", () => {
    for (const logical of ["Relay", "TestEvent"]) {
      const { variables } = functionOf(deployed("urls"), logical).environment;
      expect(variables).toMatchObject({ PUSHER_HOST: "sockudo.example.com", PUSHER_PORT: "6001" });
      expect(variables).not.toHaveProperty("PUSHER_CLUSTER");
    }
  });
});

describe("a stage is not deployed with", () => {
  const VPC = { GATEWAY_VPC_SUBNETS: SUBNETS.join(), GATEWAY_VPC_SECURITY_GROUPS: SECURITY_GROUP };

  it.each([
    [
      "subnets without security groups",
      { GATEWAY_VPC_SUBNETS: SUBNETS.join() },
      "GATEWAY_VPC_SECURITY_GROUPS is missing",
    ],
    [
      "security groups without subnets",
      { GATEWAY_VPC_SECURITY_GROUPS: SECURITY_GROUP },
      "GATEWAY_VPC_SUBNETS is missing",
    ],
    [
      "a subnet that is none",
      { ...VPC, GATEWAY_VPC_SUBNETS: "vpc-0123456789abcdef0" },
      "GATEWAY_VPC_SUBNETS must be 1 to 16",
    ],
    [
      "six security groups",
      { ...VPC, GATEWAY_VPC_SECURITY_GROUPS: Array.from({ length: 6 }, () => SECURITY_GROUP).join() },
      "GATEWAY_VPC_SECURITY_GROUPS must be 1 to 5",
    ],
    [
      "an unknown function in its VPC",
      { ...VPC, GATEWAY_VPC_FUNCTIONS: "auth,rely" },
      "GATEWAY_VPC_FUNCTIONS must be names",
    ],
    ["unknown traces", { GATEWAY_TRACING: "otel" }, "GATEWAY_TRACING must be off or xray"],
    ["a layer without a version", { GATEWAY_LAYERS: LAYER.replace(/:\d+$/, "") }, "GATEWAY_LAYERS must be ARNs"],
    ["six layers", { GATEWAY_LAYERS: Array.from({ length: 6 }, () => LAYER).join() }, "more than 5 layers"],
    ["a wrapper without a layer", { GATEWAY_LAYER_WRAPPER: "/opt/otel-handler" }, "GATEWAY_LAYER_WRAPPER needs"],
    [
      "a wrapper outside of /opt",
      { GATEWAY_LAYERS: LAYER, GATEWAY_LAYER_WRAPPER: "otel" },
      "must be a path below /opt",
    ],
    [
      "pollers and a maximum of relays",
      { GATEWAY_MAX_POLLERS: "5", GATEWAY_MAX_CONCURRENCY: "5" },
      "GATEWAY_MAX_CONCURRENCY and GATEWAY_MAX_POLLERS exclude each other",
    ],
    ["a minimum of pollers alone", { GATEWAY_MIN_POLLERS: "5" }, "GATEWAY_MIN_POLLERS needs GATEWAY_MAX_POLLERS"],
    ["more pollers than its maximum", { GATEWAY_MIN_POLLERS: "6", GATEWAY_MAX_POLLERS: "5" }, "must not be above"],
    ["one poller", { GATEWAY_MAX_POLLERS: "1" }, "GATEWAY_MAX_POLLERS must be an integer from 2 to 2000"],
  ])("%s", (_, changes, fault) => {
    expect(faultsWith(changes)).toEqual([expect.stringContaining(fault)]);
  });
});
