import { apiEvent } from "./api-event.ts";

/** One request as a client sends it. A header may be there twice. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** The answer that a front sends to its client. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An AWS front: the event that it makes of a request, and the answer that it makes of a function's result. */
interface Front {
  eventOf(request: SentRequest): object;
  answerOf(result: unknown): SentAnswer;
}

/** Load balancers pass these types as text, and all others in base64. REST APIs pass all as text by default. */
const TEXT_TYPE = /^(?:text\/.+|application\/(?:json|javascript|xml))$/;

const valuesOf = (headers: SentRequest["headers"] = []): Record<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
};

/** Format 1.0 and load balancers without multi-value headers write the last value only. */
const lastOf = (headers: SentRequest["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(valuesOf(headers)).map(([name, values]) => [name, values.at(-1) ?? ""]));

const capitalized = (headers: SentRequest["headers"] = []) =>
  headers.map(([name, value]) => [name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase()), value] as const);

function httpApi(request: SentRequest, prefix: string): object {
  const { method, path, headers, body } = request;
  const joined = Object.fromEntries(
    Object.entries(valuesOf(headers)).map(([name, values]) => [name, values.join(",")]),
  );
  const base64 = body !== undefined && !TEXT_TYPE.test(joined["content-type"] ?? "");
  return apiEvent({ method, path: prefix + path, headers: joined, ...(body !== undefined && { body }), base64 });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
function restApi({ method, path, headers, body }: SentRequest, prefix: string): object {
  const sent = capitalized(headers);
  return {
    resource: "/{proxy+}",
    path: prefix + path,
    httpMethod: method,
    headers: headers ? lastOf(sent) : null,
    multiValueHeaders: headers ? valuesOf(sent) : null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { path: `/dev${prefix}${path}`, stage: "dev", httpMethod: method, requestId: "gateway-request-1" },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

/** The event of a proxy or a test that writes other multi-value headers than AWS. */
const withMultiValueHeaders = (event: object, multiValueHeaders: object): object => ({ ...event, multiValueHeaders });

/** Only some of the headers, and with names in lower case. */
const someOf = (headers: SentRequest["headers"] = []) => valuesOf(headers.filter(([name]) => name !== "content-type"));

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
function loadBalancer({ method, path, headers, body = "" }: SentRequest, multiValue: boolean): object {
  const isText = body === "" || TEXT_TYPE.test(lastOf(headers)["content-type"] ?? "");
  return {
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/t/1" } },
    httpMethod: method,
    path,
    ...(multiValue
      ? { multiValueQueryStringParameters: {}, multiValueHeaders: valuesOf(headers) }
      : { queryStringParameters: {}, headers: lastOf(headers) }),
    body: isText ? body : Buffer.from(body).toString("base64"),
    isBase64Encoded: !isText,
  };
}

function singleValueAnswer(result: unknown): SentAnswer {
  const { statusCode, headers = {}, body = "", isBase64Encoded } = Object(result);
  return { status: statusCode, headers, body: isBase64Encoded ? Buffer.from(body, "base64").toString() : body };
}

/** Load balancers answer 502 if the description does not begin with the status. */
function loadBalancerAnswer(result: unknown, multiValue: boolean): SentAnswer {
  const { statusCode, statusDescription, headers, multiValueHeaders, body } = Object(result);
  const described = new RegExp(`^${statusCode} [A-Z][A-Za-z ]+$`).test(statusDescription);
  const sent = multiValue ? multiValueHeaders : headers;
  if (!described || sent === undefined) return { status: 502, headers: {}, body: "" };
  const single = Object.entries(sent).map(([name, values]) => [name, multiValue ? Object(values).join(", ") : values]);
  return { status: statusCode, headers: Object.fromEntries(single), body };
}

/** Every front of the contract, by name. */
export const FRONTS: Readonly<Record<string, Front>> = {
  "an HTTP API": { eventOf: (request) => httpApi(request, ""), answerOf: singleValueAnswer },
  "an HTTP API with a stage": { eventOf: (request) => httpApi(request, "/dev"), answerOf: singleValueAnswer },
  "an HTTP API with a mapping key of two segments": {
    eventOf: (request) => httpApi(request, "/v1/realtime"),
    answerOf: singleValueAnswer,
  },
  "a Function URL behind a CloudFront prefix": {
    eventOf: (request) => httpApi(request, "/realtime.example_1"),
    answerOf: singleValueAnswer,
  },
  "a REST API": { eventOf: (request) => restApi(request, ""), answerOf: singleValueAnswer },
  "a REST API with a mapping key": { eventOf: (request) => restApi(request, "/v1"), answerOf: singleValueAnswer },
  "a REST API with empty multi-value headers": {
    eventOf: (request) => withMultiValueHeaders(restApi(request, ""), {}),
    answerOf: singleValueAnswer,
  },
  "a REST API with some multi-value headers": {
    eventOf: (request) => withMultiValueHeaders(restApi(request, ""), someOf(request.headers)),
    answerOf: singleValueAnswer,
  },
  "a load balancer": {
    eventOf: (request) => loadBalancer(request, false),
    answerOf: (result) => loadBalancerAnswer(result, false),
  },
  "a load balancer with empty multi-value headers": {
    eventOf: (request) => withMultiValueHeaders(loadBalancer(request, false), {}),
    answerOf: (result) => loadBalancerAnswer(result, false),
  },
  "a load balancer with multi-value headers, and none of the others": {
    eventOf(request) {
      // Every request has a host.
      const headers = [["host", "gateway.example"], ...(request.headers ?? [])] as const;
      return { ...loadBalancer({ ...request, headers }, true), headers: {} };
    },
    answerOf: (result) => loadBalancerAnswer(result, true),
  },
  "a load balancer with multi-value headers": {
    eventOf: (request) => loadBalancer(request, true),
    answerOf: (result) => loadBalancerAnswer(result, true),
  },
};
