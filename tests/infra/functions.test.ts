import { describe, expect, it } from "vitest";
import { FUNCTIONS as SPECS } from "../../functions/manifest.ts";
import { arnOf, deployed, FUNCTION, functionOf, LOG_GROUP, QUEUE, roleOf } from "./deployed.ts";

const STAGES = ["ci", "production", "other"] as const;
const FUNCTIONS = [
  ["Relay", "relay"],
  ["Auth", "auth"],
  ["TestEvent", "test-event"],
  ["Webhook", "webhook"],
] as const;
const EACH = STAGES.flatMap((stage) => FUNCTIONS.map(([logical, name]) => ({ stage, logical, name })));

it.each(STAGES)("%s has the four functions and no other", (stage) => {
  const names = deployed(stage)
    .all(FUNCTION)
    .map(({ name }) => name);
  expect(names.toSorted()).toEqual(["AuthFunction", "RelayFunction", "TestEventFunction", "WebhookFunction"]);
});

describe.each(EACH)("$name of $stage", ({ stage: stageName, logical, name }) => {
  const stage = deployed(stageName);
  const { inputs } = stage.one(FUNCTION, `${logical}Function`);
  const production = stageName === "production";
  const fullName = `realtime-gateway-${stage.synthesis.stage}-${name}`;

  it("runs where it was made for", () => {
    expect(inputs).toMatchObject({
      name: fullName,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      packageType: "Zip",
    });
  });

  it("has memory and time within Lambda's own limits, and answers before the gateway gives up", () => {
    const { memorySize, timeout } = functionOf(stage, logical);
    expect(memorySize).toBe(name === "relay" || production ? 512 : 256);
    expect(memorySize >= 128 && memorySize <= 10_240).toBe(true);
    expect(timeout).toBe(name === "relay" ? 30 : 10);
    expect(timeout >= 1 && timeout <= 900).toBe(true);
    if (name !== "relay") expect(timeout).toBeLessThan(30);
  });

  it("is the code that was bundled for it, under its hash", () => {
    const code = stage.one("aws:s3/bucketObjectv2:BucketObjectv2", `${logical}Code`).inputs;
    expect(code.key).toMatch(new RegExp(`^assets/${logical}-code-[0-9a-f]{64}\\.zip$`));
    expect(inputs).toMatchObject({ s3Bucket: code.bucket, s3Key: code.key, handler: "bundle.handler" });
  });

  it("logs JSON into a group of its own, which forgets", () => {
    const group = stage.one(LOG_GROUP, `${logical}Logs`);
    expect(group.inputs).toEqual({ name: `/aws/lambda/${fullName}`, retentionInDays: production ? 90 : 7 });
    expect(inputs.loggingConfig).toEqual({ logFormat: "JSON", logGroup: group.inputs.name });
  });

  it("is given what it reads, and nothing else", () => {
    const { variables } = functionOf(stage, logical).environment;
    const { NODE_OPTIONS, ...settings } = variables;
    expect(NODE_OPTIONS).toBe("--enable-source-maps");
    const readable = Object.keys(SPECS[name].settings.variables);
    expect(Object.keys(settings).filter((variable) => !readable.includes(variable))).toEqual([]);
    expect(SPECS[name].settings.read(settings)).toMatchObject({ ok: true });
  });

  it("is trusted to Lambda alone, with no managed policy", () => {
    const { trusts, managedPolicies } = roleOf(stage, logical);
    expect(trusts).toEqual([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(managedPolicies).toEqual([]);
  });

  it("may do what it does, on what it does it with", () => {
    const queue = arnOf(stage.one(QUEUE, "DomainEventsQueue"));
    const deadLetters = arnOf(stage.one(QUEUE, "DomainEventsDlqQueue"));
    const ownLog = {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`${arnOf(stage.one(LOG_GROUP, `${logical}Logs`))}:*`],
    };
    const allow = (Action: readonly string[], resource: string) => ({ Effect: "Allow", Action, Resource: [resource] });
    const beside = {
      relay: [
        allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue),
        allow(["sqs:SendMessage"], deadLetters),
      ],
      auth: [],
      "test-event": [],
      webhook:
        stageName === "other" ? [allow(["sqs:SendMessage"], "arn:aws:sqs:eu-west-1:210987654321:presence.fifo")] : [],
    };
    expect(roleOf(stage, logical).statements).toEqual([...beside[name], ownLog]);
  });
});
