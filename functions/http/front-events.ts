/** The parts of a front's event that the functions read. AWS writes `null` for some absent ones. */
interface EventContent {
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** HTTP API and Function URL, payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
interface HttpApiEvent extends EventContent {
  readonly rawPath?: string | null;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** REST API, and HTTP API with payload format 1.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export interface RestApiEvent extends EventContent {
  readonly httpMethod: string;
  readonly path: string;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
}

/** Application Load Balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
interface LoadBalancerEvent extends RestApiEvent {
  readonly requestContext: { readonly elb: object };
}

export type FrontEvent = HttpApiEvent | RestApiEvent | LoadBalancerEvent;

const partOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isMapOf = (isValue: (value: unknown) => boolean, map: unknown): boolean =>
  typeof map === "object" && Object.values(map ?? {}).every(isValue);

/** A front that exists writes no other types. An event with others comes from somewhere else. */
const hasContent = (event: unknown): event is EventContent =>
  isText(partOf(event, "body") ?? "") && isMapOf(isText, partOf(event, "headers") ?? {});

export const isHttpApiEvent = (event: unknown): event is HttpApiEvent =>
  hasContent(event) &&
  isText(partOf(event, "rawPath") ?? "") &&
  isText(partOf(partOf(partOf(event, "requestContext"), "http"), "method"));

export const isRestApiEvent = (event: unknown): event is RestApiEvent =>
  hasContent(event) &&
  isText(partOf(event, "httpMethod")) &&
  isText(partOf(event, "path")) &&
  isMapOf(isTexts, partOf(event, "multiValueHeaders") ?? {});

export const isLoadBalancerEvent = (event: unknown): event is LoadBalancerEvent =>
  typeof partOf(partOf(event, "requestContext"), "elb") === "object" && isRestApiEvent(event);

/** `aws:sqs` or `aws.events`. Other texts may hold data, so they are not named. */
const AWS_SOURCE = /^aws[.:][a-z0-9-]{1,30}$/;

/** The AWS service that an event names as its source, if it names one. */
export function sourceOf(event: unknown): string | undefined {
  const records = partOf(event, "Records");
  const [first]: readonly unknown[] = Array.isArray(records) ? records : [];
  const named = [partOf(first, "eventSource"), partOf(first, "EventSource"), partOf(event, "source")];
  return named.filter((source) => typeof source === "string").find((source) => AWS_SOURCE.test(source));
}
