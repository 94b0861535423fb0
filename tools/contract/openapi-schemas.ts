import type { JsonSchema } from "@realtime-gateway/events/json-schema";

const text = { type: "string" } as const;

/** The headers of answers that programs may rely on. */
export const HTTP_HEADERS = {
  NoStore: { required: true, description: "No cache may keep an answer.", schema: { const: "no-store" } },
  Challenge: {
    required: true,
    description: "RFC 6750: the scheme, and the error if there was a token.",
    schema: { enum: ["Bearer", 'Bearer error="invalid_token"'] },
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** One member of a body is in JSON or in a form, so a form's text may carry a JSON object. */
export const HTTP_SCHEMAS = {
  SocketId: { type: "string", pattern: "^\\d{1,20}\\.\\d{1,20}$", examples: ["1234.5678"] },
  SubscriptionRequest: {
    type: "object",
    description: "One channel, or up to 100: as an array in JSON, as `channel_name[0]`, `channel_name[1]` … in a form.",
    required: ["socket_id"],
    properties: {
      socket_id: { $ref: "#/components/schemas/SocketId" },
      channel_name: {
        oneOf: [{ type: "string" }, { type: "array", items: { type: "string" }, minItems: 1, maxItems: 100 }],
        examples: ["private-audit-42"],
      },
    },
  },
  ChannelAuthorization: {
    type: "object",
    required: ["auth"],
    properties: {
      auth: { type: "string", description: "The app's key, a colon and the signature." },
      channel_data: { type: "string", description: "Presence channels: the member, as JSON text." },
      shared_secret: { type: "string", description: "Encrypted channels: the key of the channel, in base64." },
    },
    additionalProperties: false,
  },
  BatchAuthorization: {
    type: "object",
    description: "The answer for each channel of a request that lists channels.",
    additionalProperties: {
      oneOf: [
        {
          type: "object",
          required: ["status", "data"],
          properties: { status: { const: 200 }, data: { $ref: "#/components/schemas/ChannelAuthorization" } },
        },
        {
          type: "object",
          required: ["status", "data"],
          properties: { status: { enum: [403, 503] }, data: { $ref: "#/components/schemas/Problem" } },
        },
      ],
    },
  },
  UserAuthentication: {
    type: "object",
    required: ["auth", "user_data"],
    properties: { auth: text, user_data: { type: "string", description: "The user, as JSON text." } },
    additionalProperties: false,
  },
  TestEventRequest: {
    type: "object",
    properties: {
      channel: { type: "string", description: "Default: the test channel." },
      event: { type: "string", minLength: 1, maxLength: 200, default: "realtime.test" },
      payload: { type: ["object", "string"], description: "The payload, or its JSON text." },
    },
  },
  TestEventAnswer: {
    type: "object",
    required: ["channel", "event", "bytes", "truncated", "dry_run"],
    properties: {
      channel: text,
      event: text,
      bytes: { type: "integer", minimum: 2, description: "The size of the published payload, in UTF-8 bytes." },
      truncated: { type: "boolean" },
      dry_run: { type: "boolean", description: "True if the gateway only logs what it would publish." },
    },
    additionalProperties: false,
  },
  Problem: {
    type: "object",
    description: "RFC 9457.",
    required: ["type", "title", "status", "code", "detail"],
    properties: {
      type: { const: "about:blank" },
      title: text,
      status: { type: "integer" },
      code: { type: "string", description: "Stable: programs may compare it." },
      detail: { type: "string", description: "For people; the words may change." },
      request_id: { type: "string", description: "The id of the request in the function's log." },
    },
    additionalProperties: false,
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** The name of a schema of the document. */
export type HttpSchemaName = keyof typeof HTTP_SCHEMAS;
