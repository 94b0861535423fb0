import type { APIGatewayProxyEventV2 } from "aws-lambda";

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** API Gateway encodes bodies that are not text by their content type, such as forms. */
  readonly base64?: boolean;
}

/** An HTTP API's event, payload format 2.0. */
export function apiEvent({ method, path, headers = {}, body, base64 = false }: Request): APIGatewayProxyEventV2 {
  return {
    version: "2.0",
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: "",
    cookies: ["theme=dark", "session=s3cr3t"],
    headers: { host: "api.example.com", "x-forwarded-for": "203.0.113.7", ...headers },
    requestContext: {
      accountId: "123456789012",
      apiId: "api-1",
      domainName: "api.example.com",
      domainPrefix: "api",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "203.0.113.7", userAgent: "test" },
      requestId: "gateway-request-1",
      routeKey: `${method} ${path}`,
      stage: "$default",
      time: "02/Mar/2026:09:00:00 +0000",
      timeEpoch: 1_772_442_000_000,
    },
    ...(body !== undefined && { body: base64 ? Buffer.from(body).toString("base64") : body }),
    isBase64Encoded: base64,
  };
}
