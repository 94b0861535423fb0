import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createAuthFunction } from "../../functions/auth/function.ts";
import { BASE_PATH } from "../../functions/manifest.ts";
import { authSettings } from "../../packages/settings/src/auth.ts";
import { readConfig } from "../../packages/settings/src/read-config.ts";
import { apiEvent } from "./api-event.ts";
import { leastEnvironment } from "./environment.ts";
import { FORM_TYPE } from "./http-request.ts";
import { type LogRecord, recordedLog } from "./recorded-log.ts";

/** The HTTP answer that API Gateway sends. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AuthFunction {
  readonly records: readonly LogRecord[];
  /** The metrics that it wrote, parsed. */
  readonly metrics: readonly Readonly<Record<string, unknown>>[];
  invoke(event: APIGatewayProxyEventV2): Promise<GatewayAnswer>;
  /** Sends a form, as `pusher-js` does. */
  post(path: "/auth" | "/user-auth", fields: Fields, headers?: Headers): Promise<GatewayAnswer>;
  subscribe(socketId: string, channelName: string, headers?: Headers): Promise<GatewayAnswer>;
  /** Sends one request for all channels, as the `pusher-js-auth` plugin does. Answers have the order of the names. */
  subscribeEach(
    socketId: string,
    channelNames: readonly string[],
    headers?: Headers,
  ): Promise<readonly GatewayAnswer[]>;
}

type Fields = Readonly<Record<string, string>>;
type Headers = Readonly<Record<string, string>>;

export interface AuthFunctionSetup {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly fetch?: typeof globalThis.fetch;
}

/** A function with tokens and without an allowed origin warns at its start. */
const ORIGIN = "https://app.example";

/** The auth function with the least environment and these variables. Tests create it nowhere else. */
export function authFunction(env: Readonly<Record<string, string>> = {}, setup: AuthFunctionSetup = {}): AuthFunction {
  const { log, records } = recordedLog();
  const config = readConfig(authSettings, { ...leastEnvironment, REALTIME_ALLOWED_ORIGINS: ORIGIN, ...env });
  const metrics: Readonly<Record<string, unknown>>[] = [];
  const write = (line: string): void => void metrics.push(JSON.parse(line));
  const handler = createAuthFunction({ config, log, write, ...setup });
  // Lambda parses events from JSON.
  const invoke = async (event: APIGatewayProxyEventV2) =>
    gatewayAnswer(await handler(JSON.parse(JSON.stringify(event))));
  const post: AuthFunction["post"] = (path, fields, headers = {}) => invoke(formEvent(path, fields, headers));
  return {
    records,
    metrics,
    invoke,
    post,
    subscribe: (socket_id, channel_name, headers) => post("/auth", { socket_id, channel_name }, headers),
    async subscribeEach(socket_id, channelNames, headers) {
      const fields = channelNames.map((name, index) => [`channel_name[${index}]`, name]);
      const { status, body, ...rest } = await post("/auth", { socket_id, ...Object.fromEntries(fields) }, headers);
      return channelNames.map((name) => (status === 200 ? answerIn(body[name]) : { status, body, ...rest }));
    },
  };
}

const formEvent = (path: string, fields: Fields, headers: Headers): APIGatewayProxyEventV2 =>
  apiEvent({
    method: "POST",
    path: BASE_PATH + path,
    headers: { "content-type": FORM_TYPE, ...headers },
    body: new URLSearchParams(fields).toString(),
    base64: true,
  });

/** One channel's part of the answer to a batch. */
function answerIn(part: unknown): GatewayAnswer {
  const { status, data }: { readonly status?: unknown; readonly data?: unknown } = Object(part);
  return { status: Number(status), headers: {}, body: Object(data) };
}

/** Reads a handler's answer. Its body must be JSON. */
export function gatewayAnswer(answer: unknown): GatewayAnswer {
  const { statusCode, headers, body }: { statusCode?: unknown; headers?: unknown; body?: unknown } = Object(answer);
  return { status: Number(statusCode), headers: Object(headers), body: Object(JSON.parse(String(body))) };
}

/** `signed`, or the status and code of the problem. */
export const outcomeOf = ({ status, body }: GatewayAnswer): string =>
  status === 200 && typeof body.auth === "string" ? "signed" : `${status} ${String(body.code)}`;

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
