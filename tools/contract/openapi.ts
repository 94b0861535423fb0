import { HTTP_PROBLEMS, type HttpCode, ROUTE_PROBLEMS } from "@realtime-gateway/codes";
import type { JsonSchema } from "@realtime-gateway/events/json-schema";
import { STATUS_PHRASES } from "../../functions/http/problem.ts";
import { BASE_PATH } from "../../functions/manifest.ts";
import { HEADERS_OF_ALL, OPERATIONS, type Operation } from "./openapi-operations.ts";
import { HTTP_HEADERS, HTTP_SCHEMAS } from "./openapi-schemas.ts";

/** The OpenAPI 3.1 document of the HTTP functions: each route with every status and every problem code. */
export const openApi = (version: string): JsonSchema => ({
  openapi: "3.1.0",
  info: {
    title: "Realtime gateway",
    version,
    license: { name: "MIT", identifier: "MIT" },
    description:
      "Authorizes subscriptions to Pusher channels, publishes test events and receives Pusher's webhooks. Errors are RFC 9457 problems with a stable `code`. Another path is 404 `not_found`; another method is 405 `method_not_allowed`, with `Allow`. With `REALTIME_ALLOWED_ORIGINS`, every path answers `OPTIONS` with 204. An API Gateway in front has its own form for the errors that it answers itself.",
  },
  servers: [
    {
      url: `https://{host}${BASE_PATH}`,
      variables: { host: { default: "realtime.example.com", description: "An output of the deployment." } },
    },
  ],
  paths: Object.fromEntries(OPERATIONS.map((operation) => [operation.path, pathItem(operation)])),
  components: {
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "A user's JWT, or the token of `/test`." },
      assertion: { type: "apiKey", in: "header", name: "x-realtime-assertion" },
    },
    headers: HTTP_HEADERS,
    schemas: HTTP_SCHEMAS,
  },
});

const pathItem = ({ path, method, hasChallenge = false, ...operation }: Operation): JsonSchema => ({
  [method]: {
    operationId: operation.id,
    summary: operation.summary,
    security: operation.security,
    ...(operation.parameters ? { parameters: operation.parameters } : {}),
    ...(operation.requestBody ? { requestBody: operation.requestBody } : {}),
    responses: { "200": operation.ok, ...problemsOf(ROUTE_PROBLEMS[path], hasChallenge) },
  },
});

type HttpStatus = keyof typeof STATUS_PHRASES;

/** One response per status, with the codes that it can have. */
function problemsOf(codes: readonly HttpCode[], hasChallenge: boolean): JsonSchema {
  const statuses = [...new Set(codes.map((code) => HTTP_PROBLEMS[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => HTTP_PROBLEMS[code].status === status);
      return [String(status), problemResponse(status, ofStatus, hasChallenge && status === 401)];
    }),
  );
}

const problemResponse = (status: HttpStatus, codes: readonly HttpCode[], hasChallenge: boolean): JsonSchema => ({
  description: `${STATUS_PHRASES[status]}. ${codes.map((code) => `\`${code}\`: ${HTTP_PROBLEMS[code].meaning}`).join("; ")}.`,
  headers: {
    ...HEADERS_OF_ALL,
    ...(hasChallenge && { "WWW-Authenticate": { $ref: "#/components/headers/Challenge" } }),
  },
  content: {
    "application/problem+json": {
      schema: {
        allOf: [
          { $ref: "#/components/schemas/Problem" },
          { type: "object", properties: { status: { const: status }, code: { enum: codes } } },
        ],
      },
    },
  },
});
