import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { queuePolicy } from "../../infra/settings/queue-policy.ts";
import { arnOf, deployed, QUEUE, roleOf, statementsIn } from "./deployed.ts";
import { faultsWith, planWith } from "./plan.ts";
import { ACCOUNTS, QUEUE_KEY, RULES, type STAGES, TOPICS } from "./stages.ts";

const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const allow = (queueArn: string) => ({ Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn });

describe("the queue's own policy", () => {
  it.each(["ci", "production", "other", "patient"] as const)(
    "does not exist in %s, which names no producer",
    (name) => {
      expect(deployed(name).all(POLICY)).toEqual([]);
    },
  );

  it.each([
    ["producers", TOPICS.fifo],
    ["private", TOPICS.standard],
  ] as const)("allows the topics, rules and accounts of %s, and nothing else", (name, topic) => {
    const stage = deployed(name);
    const queue = stage.one(QUEUE, "DomainEventsQueue");
    const { inputs } = stage.one(POLICY, "DomainEventsProducers");
    expect(inputs.queueUrl).toBe(queue.outputs.url);
    expect(statementsIn(String(inputs.policy))).toEqual([
      {
        Sid: "Topics",
        ...allow(arnOf(queue)),
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": [topic] } },
      },
      {
        Sid: "Rules",
        ...allow(arnOf(queue)),
        Principal: { Service: "events.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": RULES } },
      },
      {
        Sid: "Accounts",
        ...allow(arnOf(queue)),
        Principal: { AWS: ACCOUNTS.map((id) => `arn:aws:iam::${id}:root`) },
      },
    ]);
    expect(String(inputs.policy)).not.toContain("*");
  });

  it("never belongs to the dead-letter queue", () => {
    const urls = deployed("producers")
      .all(POLICY)
      .map(({ inputs }) => inputs.queueUrl);
    expect(urls).toEqual([deployed("producers").one(QUEUE, "DomainEventsQueue").outputs.url]);
  });
});

describe("a queue policy", () => {
  const arns = (service: string) =>
    fc.array(
      fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `arn:aws:${service}:eu-west-1:123456789012:${name}`),
      { maxLength: 8 },
    );
  const accounts = fc.array(fc.stringMatching(/^\d{12}$/), { maxLength: 8 });
  const Statements = z.array(
    z.looseObject({
      Principal: z.union([z.strictObject({ Service: z.string() }), z.strictObject({ AWS: z.array(z.string()) })]),
      Condition: z.optional(z.strictObject({ ArnEquals: z.strictObject({ "aws:SourceArn": z.array(z.string()) }) })),
    }),
  );

  it("names each topic, rule and account once, and lets no service in without the ARN of its source", () => {
    fc.assert(
      fc.property(arns("sns"), arns("events"), accounts, (topics, rules, ids) => {
        const policy = queuePolicy({ topics, rules, accounts: ids }, "arn:aws-cn:sqs:cn-north-1:123456789012:q");
        const statements = Statements.parse(statementsIn(policy));
        const allowed = statements.flatMap(({ Principal, Condition }) =>
          "AWS" in Principal ? Principal.AWS : (Condition?.ArnEquals["aws:SourceArn"] ?? ["anybody"]),
        );
        const expected = [...topics, ...rules, ...ids.map((id) => `arn:aws-cn:iam::${id}:root`)];
        expect(allowed.toSorted()).toEqual([...new Set(expected)].sort());
      }),
    );
  });
});

describe("a KMS key of the operator's", () => {
  const stage = deployed("private");
  const usesKey = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"] };

  it("encrypts both queues, instead of SQS's own key", () => {
    for (const { inputs } of stage.all(QUEUE)) {
      expect(inputs.kmsMasterKeyId).toBe(QUEUE_KEY);
      expect(inputs).not.toHaveProperty("sqsManagedSseEnabled");
    }
  });

  it("may be used by the relay and the producers' policy, and by no HTTP function", () => {
    expect(roleOf(stage, "Relay").statements).toContainEqual({ ...usesKey, Resource: [QUEUE_KEY] });
    for (const logical of ["Auth", "TestEvent", "Webhook"])
      expect(JSON.stringify(roleOf(stage, logical).statements)).not.toContain("kms:");
    const { inputs } = stage.one("aws:iam/policy:Policy", "Producers");
    expect(statementsIn(String(inputs.policy))).toEqual([
      allow(arnOf(stage.one(QUEUE, "DomainEventsQueue"))),
      { ...usesKey, Resource: QUEUE_KEY },
    ]);
  });

  it("is no alias, because the policies of the keys that AWS manages cannot change", () => {
    expect(faultsWith({ GATEWAY_QUEUE_KMS_KEY: "alias/aws/sqs" })).toEqual([
      expect.stringContaining("GATEWAY_QUEUE_KMS_KEY must be the ARN of a KMS key"),
    ]);
  });
});

describe("content-based deduplication", () => {
  const contentBased = (name: keyof typeof STAGES) =>
    deployed(name).one(QUEUE, "DomainEventsQueue").inputs.contentBasedDeduplication;

  it("is on for a FIFO queue with rules, because EventBridge sends no deduplication id", () => {
    expect(contentBased("producers")).toBe(true);
  });

  it("is off for other queues", () => {
    expect(contentBased("other")).toBe(false);
    expect(contentBased("private")).toBe(false);
  });

  it("can be asked for without rules", () => {
    expect(planWith({ GATEWAY_CONTENT_DEDUPLICATION: "1" }, "other")).toMatchObject({
      value: { settings: { contentDeduplication: true } },
    });
    expect(faultsWith({ GATEWAY_CONTENT_DEDUPLICATION: "1" })).toEqual([
      "GATEWAY_CONTENT_DEDUPLICATION=1 needs GATEWAY_FIFO=1",
    ]);
  });

  it("cannot be turned off for a FIFO queue with rules", () => {
    const env = { GATEWAY_PRODUCER_RULES: RULES.join(), GATEWAY_CONTENT_DEDUPLICATION: "0" };
    expect(faultsWith(env, "other")).toEqual([expect.stringContaining("EventBridge sends no deduplication id")]);
    expect(faultsWith(env)).toEqual([]);
  });
});

describe("a stage is not deployed if", () => {
  it.each([
    [
      "a topic has a wildcard",
      { GATEWAY_PRODUCER_TOPICS: "arn:aws:sns:eu-west-1:123456789012:*" },
      "TOPICS must be ARNs",
    ],
    ["a topic is a name", { GATEWAY_PRODUCER_TOPICS: "events" }, "TOPICS must be ARNs"],
    ["a topic is a rule", { GATEWAY_PRODUCER_TOPICS: RULES[0] }, "TOPICS must be ARNs"],
    ["a list ends with a comma", { GATEWAY_PRODUCER_TOPICS: `${TOPICS.standard},` }, "TOPICS must be ARNs"],
    [
      "a rule has a wildcard",
      { GATEWAY_PRODUCER_RULES: "arn:aws:events:eu-west-1:123456789012:rule/*" },
      "RULES must be",
    ],
    [
      "a rule is a bus",
      { GATEWAY_PRODUCER_RULES: "arn:aws:events:eu-west-1:123456789012:event-bus/b" },
      "RULES must be",
    ],
    ["an account is everybody", { GATEWAY_PRODUCER_ACCOUNTS: "*" }, "ACCOUNTS must be ids"],
    ["an account is an ARN", { GATEWAY_PRODUCER_ACCOUNTS: "arn:aws:iam::123456789012:root" }, "ACCOUNTS must be ids"],
    ["an account has eleven digits", { GATEWAY_PRODUCER_ACCOUNTS: "12345678901" }, "ACCOUNTS must be ids"],
    [
      "a rule is in another region",
      { GATEWAY_PRODUCER_RULES: RULES.join(), AWS_REGION: "us-east-1" },
      "GATEWAY_PRODUCER_RULES must be in AWS_REGION",
    ],
  ])("%s", (_, changes, fault) => {
    expect(faultsWith(changes)).toEqual([expect.stringContaining(fault)]);
  });

  it("a standard topic shall send to a FIFO queue", () => {
    const env = { GATEWAY_PRODUCER_TOPICS: `${TOPICS.fifo},${TOPICS.standard}` };
    expect(faultsWith(env, "other")).toEqual([expect.stringContaining("must be FIFO topics with GATEWAY_FIFO=1")]);
    expect(faultsWith(env)).toEqual([]);
  });

  it("SQS would reject the policy", () => {
    const ids = (count: number) => Array.from({ length: count }, (_, at) => String(100_000_000_000 + at)).join();
    const topics = (count: number) => Array.from({ length: count }, (_, at) => `${TOPICS.standard}-${at}`).join();
    expect(faultsWith({ GATEWAY_PRODUCER_ACCOUNTS: ids(50) })).toEqual([]);
    expect(faultsWith({ GATEWAY_PRODUCER_ACCOUNTS: ids(51) })).toEqual([expect.stringContaining("of 51 principals")]);
    expect(faultsWith({ GATEWAY_PRODUCER_TOPICS: topics(100) })).toEqual([]);
    expect(faultsWith({ GATEWAY_PRODUCER_TOPICS: topics(200) })).toEqual([expect.stringContaining("SQS allows 8192")]);
  });
});
