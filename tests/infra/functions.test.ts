import { describe, expect, it } from "vitest";
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { arnOf, deployed, FUNCTION, functionOf, LOG_GROUP, QUEUE, roleOf } from "./deployed.ts";

const STAGES = ["ci", "production", "other"] as const;
const EACH = STAGES.flatMap((stage) => FUNCTION_NAMES.map((name) => ({ stage, logical: logicalName(name), name })));

it.each(STAGES)("%s has exactly the functions of the table", (stage) => {
  const names = deployed(stage)
    .all(FUNCTION)
    .map(({ name }) => name);
  expect(names.toSorted()).toEqual(FUNCTION_NAMES.map((name) => `${logicalName(name)}Function`).sort());
});

describe.each(EACH)("$name of $stage", ({ stage: stageName, logical, name }) => {
  const stage = deployed(stageName);
  const { inputs } = stage.one(FUNCTION, `${logical}Function`);
  const production = stageName === "production";
  const fullName = `realtime-gateway-${stage.synthesis.stage}-${name}`;

  it("runs on Node 24 on arm64", () => {
    expect(inputs).toMatchObject({
      name: fullName,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      packageType: "Zip",
    });
  });

  it("has memory and a timeout within the limits of Lambda and the HTTP API", () => {
    const { memorySize, timeout } = functionOf(stage, logical);
    expect(memorySize).toBe(name === "relay" || production ? 512 : 256);
    expect(memorySize >= 128 && memorySize <= 10_240).toBe(true);
    expect(timeout).toBe(FUNCTIONS[name].timeoutSeconds);
    expect(timeout >= 1 && timeout <= 900).toBe(true);
    if (name !== "relay") expect(timeout).toBeLessThan(30);
  });

  it("runs its own bundle, stored under its hash", () => {
    const code = stage.one("aws:s3/bucketObjectv2:BucketObjectv2", `${logical}Code`).inputs;
    expect(code.key).toMatch(new RegExp(`^assets/${logical}-code-[0-9a-f]{64}\\.zip$`));
    expect(inputs).toMatchObject({ s3Bucket: code.bucket, s3Key: code.key, handler: "bundle.handler" });
  });

  it("logs JSON to its own group, which deletes old logs", () => {
    const group = stage.one(LOG_GROUP, `${logical}Logs`);
    expect(group.inputs).toEqual({ name: `/aws/lambda/${fullName}`, retentionInDays: production ? 90 : 7 });
    expect(inputs.loggingConfig).toEqual({ logFormat: "JSON", logGroup: group.inputs.name });
  });

  it("gets the variables that it reads, and no others", () => {
    const { variables } = functionOf(stage, logical).environment;
    const { NODE_OPTIONS, ...settings } = variables;
    expect(NODE_OPTIONS).toBe("--enable-source-maps");
    const readable = Object.keys(FUNCTIONS[name].settings.variables);
    expect(Object.keys(settings).filter((variable) => !readable.includes(variable))).toEqual([]);
    expect(FUNCTIONS[name].settings.read(settings)).toMatchObject({ ok: true });
  });

  it("has a role that only Lambda may assume, without managed policies", () => {
    const { trusts, managedPolicies } = roleOf(stage, logical);
    expect(trusts).toEqual([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(managedPolicies).toEqual([]);
  });

  it("has permissions for its own queues and its own log only", () => {
    const queue = arnOf(stage.one(QUEUE, "DomainEventsQueue"));
    const deadLetters = arnOf(stage.one(QUEUE, "DomainEventsDlqQueue"));
    const ownLog = {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`${arnOf(stage.one(LOG_GROUP, `${logical}Logs`))}:*`],
    };
    const allow = (Action: readonly string[], resource: string) => ({ Effect: "Allow", Action, Resource: [resource] });
    const permissions: Partial<Record<FunctionName, readonly object[]>> = {
      relay: [
        allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue),
        allow(["sqs:SendMessage"], deadLetters),
      ],
      webhook:
        stageName === "other" ? [allow(["sqs:SendMessage"], "arn:aws:sqs:eu-west-1:210987654321:presence.fifo")] : [],
    };
    expect(roleOf(stage, logical).statements).toEqual([...(permissions[name] ?? []), ownLog]);
  });
});
