import type { RateRule } from "../settings/front.ts";

/** Five minutes, as `docs/security.md` counts. */
const WINDOW_SECONDS = 300;

/**
 * Limits the requests of one address. The rule leaves out Pusher's webhooks, which all come from a few addresses and carry a
 * signature.
 */
export function protectByRate(resourceArn: $util.Input<string>, rule: RateRule, webhookPath: string): void {
  const name = `${$app.name}-${$app.stage}`;
  // WAF's samples show the headers of a request, and so its token.
  const visibility = (metricName: string) => ({
    metricName,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
  });
  const acl = new aws.wafv2.WebAcl("WebAcl", {
    name,
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [
      {
        name: "rate",
        priority: 0,
        action: { [rule.action]: {} },
        statement: {
          rateBasedStatement: {
            aggregateKeyType: "IP",
            evaluationWindowSec: WINDOW_SECONDS,
            limit: rule.requests,
            scopeDownStatement: { notStatement: { statements: [{ byteMatchStatement: pathEndsWith(webhookPath) }] } },
          },
        },
        visibilityConfig: visibility("rate"),
      },
    ],
    visibilityConfig: visibility(name),
  });
  new aws.wafv2.WebAclAssociation("WebAclOfApi", { resourceArn, webAclArn: acl.arn });
}

const pathEndsWith = (searchString: string) => ({
  fieldToMatch: { uriPath: {} },
  positionalConstraint: "ENDS_WITH",
  searchString,
  textTransformations: [{ priority: 0, type: "NONE" }],
});
