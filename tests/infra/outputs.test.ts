import { describe, expect, it } from "vitest";
import { arnOf, deployed, QUEUE } from "./deployed.ts";
import type { StageName } from "./stages.ts";

const STAGES = ["ci", "production", "other"] as const;

it.each(STAGES)("%s returns every address and no secret", (name) => {
  const stage = deployed(name);
  const queue = stage.one(QUEUE, "DomainEventsQueue");
  const fullName = `realtime-gateway-${stage.synthesis.stage}`;
  expect(stage.synthesis.outputs).toEqual({
    api: `https://api-id.execute-api.eu-west-1.amazonaws.com${name === "other" ? "/realtime" : "/api/realtime/pusher"}`,
    accessLogGroup: expect.stringMatching(`^/aws/vendedlogs/apis/${fullName}-Api-[a-z]{8}$`),
    queueUrl: queue.outputs.url,
    queueArn: arnOf(queue),
    deadLetterQueueUrl: stage.one(QUEUE, "DomainEventsDlqQueue").outputs.url,
    producersPolicyArn: `arn:aws:iam::123456789012:policy/${fullName}-eu-west-1-producers`,
    alarmTopicArn: `arn:aws:sns:eu-west-1:123456789012:${fullName}-alarms`,
    dashboard: `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/${fullName}-eu-west-1`,
    _protect: name === "production",
  });
});

describe("logical ids", () => {
  const idsOf = (name: StageName): readonly string[] =>
    deployed(name)
      .synthesis.resources.filter(({ type }) => /^(?:aws|random|pulumi-nodejs):/.test(type))
      .map(({ type, name: id }) => `${type} ${id}`)
      .sort();

  it("do not change, because a new id would replace a deployed resource", () => {
    expect(idsOf("production")).toMatchSnapshot();
  });

  it.each(["producers", "private", "urls"] as const)("of the options of %s do not change", (name) => {
    const always = idsOf("production");
    expect(idsOf(name).filter((id) => !always.includes(id))).toMatchSnapshot();
  });

  it("are the same in every stage, but for the alarm on quiet groups, which a FIFO queue does not have", () => {
    expect(idsOf("ci")).toEqual(idsOf("production"));
    expect(idsOf("other")).toEqual(idsOf("production").filter((id) => !id.endsWith(" OldestQuietMessage")));
  });
});
