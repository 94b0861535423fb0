/**
 * The actions that create, read, update and delete each type of resource, from AWS's Service Authorization Reference and from the
 * calls of the Terraform provider that Pulumi uses. https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import type { Resource } from "../synth/synthesis.ts";
import { ACCOUNT, type AwsCall } from "./evaluate.ts";

interface RequiredActions {
  readonly service: string;
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly remove: readonly string[];
  /** The ARN that IAM compares, and the condition keys that AWS sends. */
  readonly on: (resource: Resource, region: string) => Omit<AwsCall, "action">;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const BOUNDARY = { "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/boundary-realtime-gateway` };

const own =
  (context?: Readonly<Record<string, string>>): RequiredActions["on"] =>
  ({ outputs }) => ({ resource: text(outputs.arn), ...(context && { context }) });
const any: RequiredActions["on"] = () => ({ resource: "*" });
/** A permission names its function by name or by ARN. */
const functionOf =
  (input: string): RequiredActions["on"] =>
  ({ inputs }, region) => ({
    resource: `arn:aws:lambda:${region}:${ACCOUNT}:function:${text(inputs[input]).split(":").at(-1)}`,
  });
const queueOf: RequiredActions["on"] = ({ inputs }, region) => ({
  resource: `arn:aws:sqs:${region}:${ACCOUNT}:${text(inputs.queueUrl).split("/").at(-1)}`,
});
const logGroupOf: RequiredActions["on"] = ({ inputs }, region) => ({
  resource: `arn:aws:logs:${region}:${ACCOUNT}:log-group:${text(inputs.logGroupName)}`,
});
const named =
  (arn: (name: string, region: string) => string, input: string): RequiredActions["on"] =>
  ({ inputs }, region) => ({ resource: arn(text(inputs[input]), region) });

const certificate: RequiredActions["on"] = (_, region) => ({
  resource: `arn:aws:acm:${region}:${ACCOUNT}:certificate/id`,
});

/** The paths of API Gateway's own management API. */
const managementPath =
  (path: string): RequiredActions["on"] =>
  (_, region) => ({ resource: `arn:aws:apigateway:${region}::/${path}` });
const VERBS = { service: "apigateway", create: ["POST"], read: ["GET"], update: ["PATCH"], remove: ["DELETE"] };

export const REQUIRED: Readonly<Record<string, RequiredActions>> = {
  "aws:acm/certificate:Certificate": {
    service: "acm",
    create: ["RequestCertificate", "AddTagsToCertificate"],
    read: ["DescribeCertificate", "ListTagsForCertificate"],
    update: ["AddTagsToCertificate"],
    remove: ["DeleteCertificate"],
    on: certificate,
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    service: "acm",
    create: ["DescribeCertificate"],
    read: ["DescribeCertificate"],
    update: [],
    remove: [],
    on: certificate,
  },
  "aws:apigateway/account:Account": { ...VERBS, create: ["PATCH"], remove: ["PATCH"], on: managementPath("account") },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    ...VERBS,
    on: managementPath("domainnames/name/basepathmappings"),
  },
  "aws:apigateway/deployment:Deployment": { ...VERBS, on: managementPath("restapis/id/deployments") },
  "aws:apigateway/domainName:DomainName": { ...VERBS, on: managementPath("domainnames") },
  "aws:apigateway/integration:Integration": { ...VERBS, create: ["PUT"], on: managementPath("restapis/id/resources") },
  "aws:apigateway/method:Method": { ...VERBS, create: ["PUT"], on: managementPath("restapis/id/resources") },
  "aws:apigateway/methodSettings:MethodSettings": { ...VERBS, on: managementPath("restapis/id/stages/name") },
  "aws:apigateway/resource:Resource": { ...VERBS, on: managementPath("restapis/id/resources") },
  "aws:apigateway/restApi:RestApi": { ...VERBS, on: managementPath("restapis") },
  "aws:apigateway/stage:Stage": { ...VERBS, on: managementPath("restapis/id/stages") },
  "aws:apigatewayv2/apiMapping:ApiMapping": { ...VERBS, on: managementPath("domainnames/name/apimappings") },
  "aws:apigatewayv2/domainName:DomainName": { ...VERBS, on: managementPath("domainnames") },
  "aws:apigatewayv2/api:Api": { ...VERBS, on: managementPath("apis") },
  "aws:apigatewayv2/integration:Integration": { ...VERBS, on: managementPath("apis/id/integrations") },
  "aws:apigatewayv2/route:Route": { ...VERBS, on: managementPath("apis/id/routes") },
  "aws:apigatewayv2/stage:Stage": { ...VERBS, on: managementPath("apis/id/stages") },
  "aws:cloudwatch/dashboard:Dashboard": {
    service: "cloudwatch",
    create: ["PutDashboard"],
    read: ["GetDashboard"],
    update: ["PutDashboard"],
    remove: ["DeleteDashboards"],
    on: named((name) => `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}`, "dashboardName"),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    service: "logs",
    create: ["CreateLogGroup", "PutRetentionPolicy", "TagResource"],
    read: ["ListTagsForResource"],
    update: ["PutRetentionPolicy", "DeleteRetentionPolicy", "TagResource", "UntagResource"],
    remove: ["DeleteLogGroup"],
    on: named((name, region) => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}`, "name"),
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    service: "logs",
    create: ["PutMetricFilter"],
    read: ["DescribeMetricFilters"],
    update: ["PutMetricFilter"],
    remove: ["DeleteMetricFilter"],
    on: logGroupOf,
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    service: "logs",
    create: ["PutQueryDefinition"],
    read: ["DescribeQueryDefinitions"],
    update: ["PutQueryDefinition"],
    remove: ["DeleteQueryDefinition"],
    on: any,
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    service: "cloudwatch",
    create: ["PutMetricAlarm", "TagResource"],
    read: ["DescribeAlarms", "ListTagsForResource"],
    update: ["PutMetricAlarm", "TagResource", "UntagResource"],
    remove: ["DeleteAlarms"],
    on: named((name, region) => `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${name}`, "name"),
  },
  "aws:iam/policy:Policy": {
    service: "iam",
    create: ["CreatePolicy", "TagPolicy"],
    read: ["GetPolicy", "GetPolicyVersion", "ListPolicyTags"],
    update: ["CreatePolicyVersion", "ListPolicyVersions", "DeletePolicyVersion", "TagPolicy", "UntagPolicy"],
    remove: ["DeletePolicy", "ListPolicyVersions", "DeletePolicyVersion"],
    on: own(),
  },
  "aws:iam/role:Role": {
    service: "iam",
    create: ["CreateRole", "PutRolePolicy", "TagRole"],
    read: ["GetRole", "GetRolePolicy", "ListRolePolicies", "ListAttachedRolePolicies", "ListRoleTags"],
    update: [
      "PutRolePolicy",
      "DeleteRolePolicy",
      "PutRolePermissionsBoundary",
      "UpdateAssumeRolePolicy",
      "UpdateRole",
      "TagRole",
      "UntagRole",
    ],
    remove: ["DeleteRole", "DeleteRolePolicy", "ListInstanceProfilesForRole"],
    on: own(BOUNDARY),
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    service: "lambda",
    create: ["CreateEventSourceMapping"],
    read: ["GetEventSourceMapping"],
    update: ["UpdateEventSourceMapping"],
    remove: ["DeleteEventSourceMapping"],
    on: ({ inputs }) => ({ resource: "*", context: { "lambda:FunctionArn": text(inputs.functionName) } }),
  },
  "aws:lambda/function:Function": {
    service: "lambda",
    create: ["CreateFunction", "TagResource"],
    read: [
      "GetFunction",
      "GetFunctionConfiguration",
      "GetFunctionCodeSigningConfig",
      "ListVersionsByFunction",
      "ListTags",
    ],
    update: ["UpdateFunctionCode", "UpdateFunctionConfiguration", "TagResource", "UntagResource"],
    remove: ["DeleteFunction"],
    on: own(),
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    service: "lambda",
    create: ["CreateFunctionUrlConfig", "AddPermission"],
    read: ["GetFunctionUrlConfig"],
    update: ["UpdateFunctionUrlConfig"],
    remove: ["DeleteFunctionUrlConfig"],
    on: functionOf("functionName"),
  },
  "aws:lambda/permission:Permission": {
    service: "lambda",
    create: ["AddPermission"],
    read: ["GetPolicy"],
    update: ["RemovePermission", "AddPermission"],
    remove: ["RemovePermission"],
    on: functionOf("function"),
  },
  "aws:route53/record:Record": {
    service: "route53",
    create: ["ChangeResourceRecordSets", "GetHostedZone"],
    read: ["ListResourceRecordSets"],
    update: ["ChangeResourceRecordSets"],
    remove: ["ChangeResourceRecordSets"],
    on: () => ({ resource: "arn:aws:route53:::hostedzone/HOSTED_ZONE" }),
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    service: "s3",
    create: ["PutObject", "PutObjectTagging"],
    read: ["GetObject", "GetObjectTagging"],
    update: ["PutObject", "PutObjectTagging"],
    remove: ["DeleteObject", "DeleteObjectVersion", "GetObjectVersion"],
    on: ({ inputs }) => ({ resource: `arn:aws:s3:::${text(inputs.bucket)}/${text(inputs.key)}` }),
  },
  "aws:sns/topic:Topic": {
    service: "sns",
    create: ["CreateTopic", "SetTopicAttributes", "TagResource"],
    read: ["GetTopicAttributes", "ListTagsForResource"],
    update: ["SetTopicAttributes", "TagResource", "UntagResource"],
    remove: ["DeleteTopic"],
    on: own(),
  },
  "aws:sqs/queue:Queue": {
    service: "sqs",
    create: ["CreateQueue", "TagQueue"],
    read: ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"],
    update: ["SetQueueAttributes", "TagQueue", "UntagQueue"],
    remove: ["DeleteQueue"],
    on: own(),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    service: "sqs",
    create: ["SetQueueAttributes"],
    read: ["GetQueueAttributes"],
    update: ["SetQueueAttributes"],
    remove: ["SetQueueAttributes"],
    on: queueOf,
  },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    service: "sqs",
    create: ["SetQueueAttributes"],
    read: ["GetQueueAttributes"],
    update: ["SetQueueAttributes"],
    remove: ["SetQueueAttributes"],
    on: queueOf,
  },
  "aws:wafv2/webAcl:WebAcl": {
    service: "wafv2",
    create: ["CreateWebACL", "TagResource"],
    read: ["GetWebACL", "ListTagsForResource"],
    update: ["UpdateWebACL", "TagResource", "UntagResource"],
    remove: ["DeleteWebACL"],
    on: named((name, region) => `arn:aws:wafv2:${region}:${ACCOUNT}:regional/webacl/${name}/id`, "name"),
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    service: "wafv2",
    create: ["AssociateWebACL"],
    read: ["GetWebACLForResource"],
    update: [],
    remove: ["DisassociateWebACL"],
    on: ({ inputs }) => ({ resource: text(inputs.resourceArn) }),
  },
};

/** SST creates it for the logs of the account's REST APIs. */
const LOG_ROLE: RequiredActions = {
  service: "iam",
  create: ["CreateRole", "AttachRolePolicy", "TagRole"],
  read: ["GetRole", "ListRolePolicies", "ListAttachedRolePolicies"],
  update: [],
  remove: ["DetachRolePolicy", "DeleteRole", "ListInstanceProfilesForRole"],
  on: own({ "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs" }),
};

export const callsFor = (resource: Resource, region: string): readonly AwsCall[] => {
  const required = resource.name.startsWith("APIGatewayPushToCloudWatchLogsRole") ? LOG_ROLE : REQUIRED[resource.type];
  if (required === undefined) throw new Error(`required-actions.ts has no actions for ${resource.type}`);
  const { service, create, read, update, remove, on } = required;
  return [...create, ...read, ...update, ...remove].map((action) => ({
    action: `${service}:${action}`,
    ...on(resource, region),
  }));
};
