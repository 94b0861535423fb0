/** The properties that AWS computes for resources, and the answers of its data sources, as far as the program reads them. */

const ACCOUNT = "123456789012";

export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface ProviderCall {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The account before the deployment; `undefined` if the deployer may not read it. */
export interface AccountBefore {
  readonly queueUrls: readonly string[];
  readonly concurrency: number;
  readonly callerArn?: string;
}

export function createProviderMocks(region: string, account: AccountBefore | undefined) {
  return {
    newResource: ({ type, name, inputs }: Registration) => ({
      id: idOf(type, name, inputs),
      state: { ...computed(type, name, inputs, region), ...inputs, ...completed(type, inputs, region) },
    }),
    call: ({ token, inputs }: ProviderCall): Record<string, unknown> => {
      const source = dataSources(region, account)[token];
      // With an invented answer, a test could pass by mistake.
      if (source === undefined) throw new Error(`provider-mocks.ts has no answer for ${token}`);
      return source(inputs);
    },
  };
}

const physicalName = (name: string, inputs: Registration["inputs"]): string =>
  typeof inputs.name === "string" ? inputs.name : name;

/** The id of an SQS queue is its URL. */
const idOf = (type: string, name: string, inputs: Registration["inputs"]): string =>
  type === "aws:sqs/queue:Queue" ? `queue/${physicalName(name, inputs)}` : `${name}-id`;

const ARN_RESOURCE: Readonly<Record<string, (region: string, name: string) => string>> = {
  "aws:sqs/queue:Queue": (region, name) => `sqs:${region}:${ACCOUNT}:${name}`,
  "aws:sns/topic:Topic": (region, name) => `sns:${region}:${ACCOUNT}:${name}`,
  "aws:lambda/function:Function": (region, name) => `lambda:${region}:${ACCOUNT}:function:${name}`,
  "aws:cloudwatch/logGroup:LogGroup": (region, name) => `logs:${region}:${ACCOUNT}:log-group:${name}`,
  "aws:iam/role:Role": (_, name) => `iam::${ACCOUNT}:role/${name}`,
  "aws:iam/policy:Policy": (_, name) => `iam::${ACCOUNT}:policy/${name}`,
};

function computed(type: string, name: string, inputs: Registration["inputs"], region: string): Record<string, unknown> {
  const physical = physicalName(name, inputs);
  const resource = ARN_RESOURCE[type]?.(region, physical) ?? `mock:${region}:${ACCOUNT}:${physical}`;
  return { name: physical, arn: `arn:aws:${resource}`, ...computedByType(type, physical, region) };
}

function computedByType(type: string, name: string, region: string): Record<string, unknown> {
  switch (type) {
    case "aws:sqs/queue:Queue":
      return { url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}` };
    case "aws:apigatewayv2/api:Api":
      return {
        apiEndpoint: `https://api-id.execute-api.${region}.amazonaws.com`,
        executionArn: `arn:aws:execute-api:${region}:${ACCOUNT}:api-id`,
      };
    case "aws:apigateway/restApi:RestApi":
      return { rootResourceId: "root", executionArn: `arn:aws:execute-api:${region}:${ACCOUNT}:rest-id` };
    case "aws:apigateway/stage:Stage":
      return { arn: `arn:aws:apigateway:${region}::/restapis/rest-id/stages/${name}` };
    case "aws:apigateway/domainName:DomainName":
      return { regionalDomainName: `d-rest.execute-api.${region}.amazonaws.com`, regionalZoneId: "Z-REGIONAL" };
    case "aws:lambda/function:Function":
      return { invokeArn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${name}/invocations` };
    case "aws:lambda/functionUrl:FunctionUrl":
      return { functionUrl: `https://${name.toLowerCase()}.lambda-url.${region}.on.aws/` };
    case "aws:acm/certificate:Certificate":
      return {
        domainValidationOptions: [
          { resourceRecordName: "_check.example.com", resourceRecordType: "CNAME", resourceRecordValue: "_value" },
        ],
      };
    case "aws:acm/certificateValidation:CertificateValidation":
      return { certificateArn: `arn:aws:acm:${region}:${ACCOUNT}:certificate/validated` };
    case "pulumi-nodejs:dynamic:Resource":
      return { zoneId: "Z-HOSTED" };
    case "random:index/randomBytes:RandomBytes":
      return { base64: Buffer.alloc(32, 1).toString("base64") };
    default:
      return {};
  }
}

/** Inputs to which AWS adds members. */
function completed(type: string, inputs: Registration["inputs"], region: string): Record<string, unknown> {
  if (type !== "aws:apigatewayv2/domainName:DomainName") return {};
  const given = typeof inputs.domainNameConfiguration === "object" ? inputs.domainNameConfiguration : {};
  const targetDomainName = `d-http.execute-api.${region}.amazonaws.com`;
  return { domainNameConfiguration: { ...given, targetDomainName, hostedZoneId: "Z-REGIONAL" } };
}

const dataSources = (
  region: string,
  account: AccountBefore | undefined,
): Readonly<Record<string, (inputs: ProviderCall["inputs"]) => Record<string, unknown>>> => ({
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" }),
  "aws:index/getRegion:getRegion": () => ({ region, name: region, id: region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: ACCOUNT,
    id: ACCOUNT,
    arn: account?.callerArn ?? `arn:aws:iam::${ACCOUNT}:user/ana`,
  }),
  "aws:sqs/getQueues:getQueues": () => ({ queueUrls: readable(account).queueUrls, id: "queues" }),
  "aws:servicequotas/getServiceQuota:getServiceQuota": () => ({ value: readable(account).concurrency, id: "quota" }),
  "aws:iam/getPolicyDocument:getPolicyDocument": ({ statements }) => policyDocument(statements),
});

function readable(account: AccountBefore | undefined): AccountBefore {
  if (account === undefined) throw new Error("AccessDenied");
  return account;
}

interface DocumentStatement {
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

function policyDocument(statements: unknown): Record<string, unknown> {
  const list: readonly DocumentStatement[] = Array.isArray(statements) ? statements : [];
  const document = list.map(({ effect = "Allow", actions, resources, principals, conditions }) => ({
    Effect: effect,
    ...(principals && {
      Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
    }),
    Action: actions,
    ...(resources && { Resource: resources }),
    ...(conditions && {
      Condition: Object.fromEntries(conditions.map(({ test, variable, values }) => [test, { [variable]: values }])),
    }),
  }));
  return {
    id: "policy-document",
    ...(list.length > 0 && { statements: list }),
    json: JSON.stringify({ Version: "2012-10-17", Statement: document }),
  };
}
