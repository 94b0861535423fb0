import { createGroup, type Environment, type ValuesOf } from "../../packages/settings/src/group.ts";
import { flag, listOf, optional, type Setting, withDefault } from "../../packages/settings/src/setting.ts";
import { kmsKey } from "./kms-key.ts";
import { policyFaults } from "./queue-policy.ts";
import { stageVariable } from "./stage-variable.ts";

const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+(?:\.fifo)?$/;
/** The ARN of a rule on a custom event bus has the name of the bus in front of the rule's own. */
const RULE = /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:rule\/[\w./-]+$/;
const ACCOUNT = /^\d{12}$/;

/** Empty if the variable is not set. */
const listMatching = (pattern: RegExp, fault: string): Setting<readonly string[]> =>
  withDefault(
    listOf((item) => (pattern.test(item) ? item : undefined), fault),
    [],
  );

/** Producers that may send to the queue without the producers' policy. */
export const PRODUCER_VARIABLES = {
  GATEWAY_PRODUCER_TOPICS: stageVariable(
    listMatching(
      TOPIC,
      "must be ARNs of SNS topics without wildcards, separated by commas, such as arn:aws:sns:eu-west-1:123456789012:events",
    ),
    "ARNs of the SNS topics that may send to the queue, separated by commas",
    "",
  ),
  GATEWAY_PRODUCER_RULES: stageVariable(
    listMatching(
      RULE,
      "must be ARNs of EventBridge rules without wildcards, separated by commas, such as arn:aws:events:eu-west-1:123456789012:rule/events",
    ),
    "ARNs of the EventBridge rules that may send to the queue, separated by commas; they must be in the stage's account and region",
    "",
  ),
  GATEWAY_PRODUCER_ACCOUNTS: stageVariable(
    listMatching(ACCOUNT, "must be ids of AWS accounts with 12 digits, separated by commas"),
    "ids of the other AWS accounts that may send to the queue, separated by commas",
    "",
  ),
  GATEWAY_CONTENT_DEDUPLICATION: stageVariable(
    optional(flag("0")),
    "only with FIFO. `1`: if a producer sends no deduplication id, SQS uses a hash of the body. By default `1` with `GATEWAY_PRODUCER_RULES`, because EventBridge sends none, and `0` without",
    "",
  ),
  GATEWAY_QUEUE_KMS_KEY: stageVariable(
    kmsKey,
    "a KMS key of yours that encrypts the queue and its dead-letter queue, instead of SQS's own key; its policy must allow [the producers](#encryption)",
    "",
  ),
};

const shape = (env: ValuesOf<typeof PRODUCER_VARIABLES>) => ({
  producers: {
    topics: env.GATEWAY_PRODUCER_TOPICS,
    rules: env.GATEWAY_PRODUCER_RULES,
    accounts: env.GATEWAY_PRODUCER_ACCOUNTS,
  },
  queueKeyArn: env.GATEWAY_QUEUE_KMS_KEY,
  contentDeduplication: env.GATEWAY_CONTENT_DEDUPLICATION ?? env.GATEWAY_PRODUCER_RULES.length > 0,
});

type Values = Partial<ValuesOf<typeof PRODUCER_VARIABLES>>;

function contradictions(env: Environment, values: Values): readonly string[] {
  const { GATEWAY_PRODUCER_TOPICS: topics = [], GATEWAY_PRODUCER_RULES: rules = [] } = values;
  const { GATEWAY_PRODUCER_ACCOUNTS: accounts = [], GATEWAY_CONTENT_DEDUPLICATION: deduplication } = values;
  const fifo = env.GATEWAY_FIFO === "1";
  return [
    ...(fifo && topics.some((arn) => !arn.endsWith(".fifo"))
      ? ["GATEWAY_PRODUCER_TOPICS must be FIFO topics with GATEWAY_FIFO=1: SNS sends no other topic to a FIFO queue"]
      : []),
    ...(fifo && rules.length > 0 && deduplication === false
      ? [
          "GATEWAY_CONTENT_DEDUPLICATION must be 1 with GATEWAY_FIFO=1 and GATEWAY_PRODUCER_RULES: EventBridge sends no deduplication id",
        ]
      : []),
    ...(!fifo && deduplication === true ? ["GATEWAY_CONTENT_DEDUPLICATION=1 needs GATEWAY_FIFO=1"] : []),
    ...(rules.some((arn) => regionOf(arn) !== (env.AWS_REGION ?? regionOf(arn)))
      ? ["GATEWAY_PRODUCER_RULES must be in AWS_REGION: EventBridge sends to queues of its own region only"]
      : []),
    ...policyFaults({ topics, rules, accounts }),
  ];
}

const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

export const producerSettings = createGroup(PRODUCER_VARIABLES, shape, contradictions);
