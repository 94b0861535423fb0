import { describe, expect, it } from "vitest";
import { FUNCTION_NAMES } from "../../../functions/manifest.ts";
import { CONCURRENCY_QUOTA } from "../../../infra/settings/account-faults.ts";
import { deployed } from "../deployed.ts";
import { STAGES, type StageName } from "../stages.ts";
import { REGION } from "../synth/synthesis.ts";
import type { StageInput } from "../synth/synthesize.ts";
import { STAGE_RUNS } from "../synthesized.ts";
import { ACCOUNT, type AwsCall, allows, listOf, policyOf, type RoleStatement } from "./evaluate.ts";
import { callsFor } from "./required-actions.ts";

const STAGE_NAMES = Object.keys(STAGES).filter((name): name is StageName => name in STAGES);
const policy = policyOf("policy");
const boundary = policyOf("boundary");

/** What the bootstrap script allows with all of its options. */
const withOptions = [...policy, ...policyOf("domain"), ...policyOf("rest-api")];

/** Every stage that the role deploys: `sst dev` is for developers. */
const DEPLOYED = STAGE_NAMES.filter((name) => {
  const { dev = false }: StageInput = STAGES[name];
  return !dev && STAGE_RUNS[name].exitCode === 0;
}).map((stage) => {
  const { region = REGION }: StageInput = STAGES[stage];
  return { stage, region };
});

const createdIn = (stage: StageName) =>
  deployed(stage).synthesis.resources.filter(({ type }) => type.startsWith("aws:"));
const rolesIn = (stage: StageName) =>
  createdIn(stage).filter(({ type, inputs }) => type === "aws:iam/role:Role" && inputs.inlinePolicies !== undefined);
const required = (): readonly AwsCall[] =>
  DEPLOYED.flatMap(({ stage, region }) => createdIn(stage).flatMap((resource) => callsFor(resource, region)));

describe("the deploy role", () => {
  it.each(DEPLOYED)("may create, read, update and delete every resource of $stage in $region", ({ stage, region }) => {
    const denied = createdIn(stage)
      .flatMap((resource) => callsFor(resource, region))
      .filter((call) => !allows(withOptions, call));
    expect(denied).toEqual([]);
  });

  it("may do what SST does in a region where it never ran", () => {
    const { actions } = STAGE_RUNS.overseas;
    expect(actions).toEqual(expect.arrayContaining(["s3:CreateBucket", "ecr:CreateRepository", "ssm:PutParameter"]));
    const granted = policy.flatMap(({ Action }) => listOf(Action));
    expect(granted).toEqual(expect.arrayContaining([...actions]));
  });

  it.each([
    ["sqs:ListQueues", "*"],
    [
      "servicequotas:GetServiceQuota",
      `arn:aws:servicequotas:eu-west-1:${ACCOUNT}:lambda/${CONCURRENCY_QUOTA.quotaCode}`,
    ],
    // The HTTP API writes access logs: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
    ["logs:CreateLogDelivery", "*"],
    ["logs:PutResourcePolicy", "*"],
  ])("may call %s, which belongs to no resource", (action, resource) =>
    expect(allows(policy, { action, resource })).toBe(true),
  );

  it("passes roles of the gateway to Lambda only", () => {
    const pass = (resource: string, service: string) =>
      allows(policy, { action: "iam:PassRole", resource, context: { "iam:PassedToService": service } });
    const role = `arn:aws:iam::${ACCOUNT}:role/realtime-gateway-ci-RelayRole-abcdefgh`;
    expect(pass(role, "lambda.amazonaws.com")).toBe(true);
    expect(pass(role, "ec2.amazonaws.com")).toBe(false);
    expect(pass(`arn:aws:iam::${ACCOUNT}:role/admin`, "lambda.amazonaws.com")).toBe(false);
  });
});

describe("the deploy role is no administrator: it may not", () => {
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary-realtime-gateway`;
  const bounded = { "iam:PermissionsBoundary": BOUNDARY };

  it.each<AwsCall & { readonly what: string }>([
    { what: "create a role without the boundary", action: "iam:CreateRole", resource: role("realtime-gateway-x") },
    {
      what: "create a role with another boundary",
      action: "iam:CreateRole",
      resource: role("realtime-gateway-x"),
      context: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    },
    { what: "create another role", action: "iam:CreateRole", resource: role("admin"), context: bounded },
    { what: "write a policy of a role without it", action: "iam:PutRolePolicy", resource: role("realtime-gateway-x") },
    {
      what: "change its own policy",
      action: "iam:PutRolePolicy",
      resource: role("deploy-realtime-gateway"),
      context: bounded,
    },
    { what: "change who assumes it", action: "iam:UpdateAssumeRolePolicy", resource: role("deploy-realtime-gateway") },
    { what: "change the boundary", action: "iam:CreatePolicyVersion", resource: BOUNDARY },
    {
      what: "take the boundary away",
      action: "iam:DeleteRolePermissionsBoundary",
      resource: role("realtime-gateway-x"),
    },
    {
      what: "attach a managed policy",
      action: "iam:AttachRolePolicy",
      resource: role("realtime-gateway-x"),
      context: bounded,
    },
    { what: "create a user", action: "iam:CreateUser", resource: `arn:aws:iam::${ACCOUNT}:user/x` },
    {
      what: "change another function",
      action: "lambda:UpdateFunctionCode",
      resource: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:shop`,
    },
    { what: "read another queue", action: "sqs:ReceiveMessage", resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders` },
    { what: "read another bucket", action: "s3:GetObject", resource: "arn:aws:s3:::customers/list.csv" },
  ])("$what", (call) => expect(allows(policy, call)).toBe(false));
});

/** Actions for which AWS has no name: none at all, or an id that AWS chooses. From the Service Authorization Reference. */
const WITHOUT_NAMES = [
  /^apigateway:(?:GET|POST|PUT|PATCH|DELETE|SetWebACL)$/,
  // On the stages of REST APIs.
  /^wafv2:(?:Associate|Disassociate)WebACL$|^wafv2:GetWebACLForResource$/,
  /^ec2:Describe(?:NetworkInterfaces|SecurityGroups|Subnets|Vpcs)$/,
  // Lambda requires these of functions in a VPC, for network interfaces that do not exist yet.
  /^ec2:(?:Create|Delete)NetworkInterface$|^ec2:(?:Assign|Unassign)PrivateIpAddresses$/,
  /^lambda:(?:Create|Get|Update|Delete)EventSourceMapping$/,
  // The tags of event source mappings, whose ids Lambda chooses. Layers belong to other accounts.
  /^lambda:(?:ListTags|TagResource|UntagResource|GetLayerVersion)$/,
  /^logs:(?:\w+LogDelivery|ListLogDeliveries|\w+QueryDefinitions?|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups)$/,
  /^sqs:ListQueues$/,
  /^xray:Put\w+$/,
  /^acm:\w+$/,
  /^route53:(?:GetChange|List\w+)$/,
  // The ids of keys are random. A condition allows them through SQS only.
  /^kms:(?:Decrypt|GenerateDataKey)$/,
];
const NAMED =
  /realtime-gateway|sst-(?:asset|state)|parameter\/sst\/|L-B99A9384|AWSServiceRoleForAPIGateway|APIGatewayPushToCloudWatchLogsRole|HOSTED_ZONE|WEBHOOK_QUEUE/;

describe.each([
  ["policy", policy],
  ["boundary", boundary],
  ["domain", policyOf("domain")],
  ["rest-api", policyOf("rest-api")],
] as const)("the document %s", (_, statements) => {
  it("names its resources wherever AWS allows a name", () => {
    const unnamed = ({ Action, Resource }: RoleStatement) =>
      listOf(Resource).every((resource) => NAMED.test(resource))
        ? []
        : listOf(Action).filter((action) => !WITHOUT_NAMES.some((pattern) => pattern.test(action)));
    expect(statements.flatMap(unnamed)).toEqual([]);
  });

  it("lists each action by its whole name, and fits a managed policy", () => {
    for (const { Action } of statements) for (const action of listOf(Action)) expect(action).toMatch(/^[\w-]+:\w+$/);
    // Without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(statements).length).toBeLessThan(6_144);
  });
});

/** SQS uses the queue's key in the name of the function. */
const VIA_SQS = { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" };

describe("the boundary", () => {
  it("allows the use of keys through SQS only", () => {
    const call = { action: "kms:Decrypt", resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/any` };
    expect(allows(boundary, { ...call, context: VIA_SQS })).toBe(true);
    expect(allows(boundary, { ...call, context: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })).toBe(false);
    expect(allows(boundary, call)).toBe(false);
  });

  it.each(DEPLOYED)("allows everything that the functions of $stage do in $region", ({ stage }) => {
    expect(rolesIn(stage)).toHaveLength(FUNCTION_NAMES.length);
    for (const { inputs } of rolesIn(stage))
      for (const { action, resource } of grantsOf(inputs))
        expect({ action, resource, allowed: allows(boundary, { action, resource, context: VIA_SQS }) }).toMatchObject({
          // The script adds the queue of REALTIME_WEBHOOK_QUEUE_URL.
          allowed: !resource.includes(":presence.fifo"),
        });
  });

  it("is on every role of a stage that names it, and on none of another", () => {
    const boundaries = (stage: StageName) => rolesIn(stage).map(({ inputs }) => inputs.permissionsBoundary);
    expect(new Set(boundaries("production"))).toEqual(
      new Set([`arn:aws:iam::${ACCOUNT}:policy/boundary-realtime-gateway`]),
    );
    expect(new Set(boundaries("ci"))).toEqual(new Set([undefined]));
  });
});

/** Actions that no request of the synthesis shows. */
const OTHER_NEEDS: Readonly<Record<string, readonly string[]>> = {
  "tags of the HTTP API": ["apigateway:PUT"],
  "the first HTTP API of an account": ["iam:CreateServiceLinkedRole"],
  "the access log of the HTTP API": [
    ...["Create", "Delete", "Get", "Update"].map((verb) => `logs:${verb}LogDelivery`),
    ...["ListLogDeliveries", "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"].map(
      (name) => `logs:${name}`,
    ),
  ],
  "the roles of functions": ["iam:PassRole"],
  "the guards": ["sqs:ListQueues", "servicequotas:GetServiceQuota"],
  "SST, where an older version ran": ["ecr:DescribeRepositories", "ssm:DeleteParameter"],
  "Pulumi, when it deletes an object of a bucket with versions": ["s3:ListBucket", "s3:ListBucketVersions"],
  "saved queries": ["Delete", "Put"]
    .map((verb) => `logs:${verb}QueryDefinition`)
    .concat("logs:DescribeQueryDefinitions"),
  "a Function URL": ["Create", "Delete", "Get", "Update"].map((verb) => `lambda:${verb}FunctionUrlConfig`),
  "functions in a VPC": ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"],
  "functions with a layer": ["lambda:GetLayerVersion"],
};

it("every action of the deploy role is needed by a resource, by SST, by a guard or by an option", () => {
  const used = new Set([
    ...required().map(({ action }) => action),
    ...STAGE_RUNS.overseas.actions,
    ...Object.values(OTHER_NEEDS).flat(),
  ]);
  expect(policy.flatMap(({ Action }) => listOf(Action)).filter((action) => !used.has(action))).toEqual([]);
});

/** The permissions in the inline policies of a role. */
function grantsOf({ inlinePolicies }: Readonly<Record<string, unknown>>): readonly AwsCall[] {
  const policies: readonly { readonly policy: string }[] = Array.isArray(inlinePolicies) ? inlinePolicies : [];
  return policies.flatMap(({ policy: text }) => {
    const { Statement }: { Statement: readonly { Action: string[]; Resource: string[] }[] } = JSON.parse(text);
    return Statement.flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((resource) => ({ action, resource }))),
    );
  });
}
