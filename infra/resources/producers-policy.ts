/** The deployer attaches this policy to the roles of producers. */
export function createProducersPolicy(queueArn: $util.Input<string>): aws.iam.Policy {
  return new aws.iam.Policy("Producers", {
    name: `${$app.name}-${$app.stage}-producers`,
    description: "May send domain events to the realtime gateway's queue, and do nothing else",
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn }],
    }),
  });
}
