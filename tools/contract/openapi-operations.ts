import type { ROUTE_PROBLEMS } from "@realtime-gateway/codes";
import type { JsonSchema } from "@realtime-gateway/events/json-schema";
import type { HttpSchemaName } from "./openapi-schemas.ts";

/** One route, as the OpenAPI document describes it. */
export interface Operation {
  /** Below the base path. */
  readonly path: keyof typeof ROUTE_PROBLEMS;
  readonly method: "get" | "post";
  readonly id: string;
  readonly summary: string;
  readonly security: readonly JsonSchema[];
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  readonly ok: JsonSchema;
  /** A 401 names the scheme of the credentials (RFC 6750). */
  readonly hasChallenge?: boolean;
}

const schemaOf = (name: HttpSchemaName): JsonSchema => ({ schema: { $ref: `#/components/schemas/${name}` } });

/** The headers of every answer. */
export const HEADERS_OF_ALL: JsonSchema = { "Cache-Control": { $ref: "#/components/headers/NoStore" } };

const inJson = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  headers: HEADERS_OF_ALL,
  content: { "application/json": schema },
});

const jsonOrForm = (name: HttpSchemaName, required = true): JsonSchema => ({
  required,
  content: { "application/json": schemaOf(name), "application/x-www-form-urlencoded": schemaOf(name) },
});

/** `open` needs no credentials, `jwt` a token, `proxy` an assertion. */
const BY_MODE = [{}, { token: [] }, { assertion: [] }];

const header = (name: string, description: string): JsonSchema => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
});

export const OPERATIONS: readonly Operation[] = [
  {
    path: "/auth",
    method: "post",
    id: "authorizeChannels",
    summary: "Authorizes a subscription.",
    security: BY_MODE,
    hasChallenge: true,
    requestBody: jsonOrForm("SubscriptionRequest"),
    ok: inJson("The authorization. A request that lists channels gets an answer for each.", {
      schema: {
        anyOf: [
          { $ref: "#/components/schemas/ChannelAuthorization" },
          { $ref: "#/components/schemas/BatchAuthorization" },
        ],
      },
    }),
  },
  {
    path: "/user-auth",
    method: "post",
    id: "authenticateUser",
    summary: "Authenticates a user for `pusher.signin()`.",
    security: BY_MODE,
    hasChallenge: true,
    requestBody: inJsonOrFormSocket(),
    ok: inJson("The signed user.", schemaOf("UserAuthentication")),
  },
  {
    path: "/health",
    method: "get",
    id: "health",
    summary: "Answers without a call to Pusher.",
    security: [{}],
    ok: inJson("The function runs.", {
      schema: { type: "object", required: ["status"], properties: { status: { const: "ok" } } },
    }),
  },
  {
    path: "/test",
    method: "post",
    id: "publishTestEvent",
    summary: "Publishes one event, so that an operator can check delivery.",
    security: [{}, { token: [] }],
    hasChallenge: true,
    requestBody: jsonOrForm("TestEventRequest", false),
    ok: inJson("What was published.", schemaOf("TestEventAnswer")),
  },
  {
    path: "/webhook",
    method: "post",
    id: "receiveWebhook",
    summary: "Receives a webhook that Pusher signed.",
    security: [{}],
    parameters: [
      header("X-Pusher-Key", "The key of the app that signs."),
      header("X-Pusher-Signature", "The hex HMAC-SHA256 of the body under the app's secret."),
    ],
    requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
    ok: inJson("The webhook is accepted.", {
      schema: { type: "object", required: ["received"], properties: { received: { type: "integer", minimum: 0 } } },
    }),
  },
];

/** A sign-in names its connection alone. */
function inJsonOrFormSocket(): JsonSchema {
  const schema = {
    type: "object",
    required: ["socket_id"],
    properties: { socket_id: { $ref: "#/components/schemas/SocketId" } },
  };
  return {
    required: true,
    content: { "application/json": { schema }, "application/x-www-form-urlencoded": { schema } },
  };
}
