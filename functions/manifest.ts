import {
  authSettings,
  relaySettings,
  type SettingGroup,
  testEventSettings,
  webhookSettings,
} from "@realtime-gateway/settings";
import { BASE_PATH } from "./http/base-path.ts";

export { BASE_PATH } from "./http/base-path.ts";

/** One HTTP route. `id` names it in the deployment, so it must not change. */
export interface HttpRoute {
  readonly id: string;
  readonly path: string;
}

/** One Lambda function: build, deployment, local stack, docs and tests read this. */
export interface FunctionSpec {
  /** The module that exports `handler`, below `functions/`. */
  readonly entry: string;
  /** `queue`: messages of the domain events queue; `http`: its routes. */
  readonly trigger: "queue" | "http";
  readonly routes: readonly HttpRoute[];
  /** The variables that the function reads; it gets no others. */
  readonly settings: SettingGroup<unknown>;
  readonly timeoutSeconds: number;
}

/** An HTTP API waits 30 s at most: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const HTTP_TIMEOUT_SECONDS = 10;

const route = (id: string, path: string): HttpRoute => ({ id, path: BASE_PATH + path });

const http = (entry: string, settings: SettingGroup<unknown>, routes: readonly HttpRoute[]) =>
  ({
    entry,
    trigger: "http",
    routes,
    settings,
    timeoutSeconds: HTTP_TIMEOUT_SECONDS,
  }) as const;

/** Every function of the gateway. To add one, add a folder and an entry here. */
export const FUNCTIONS = {
  relay: {
    entry: "relay/handler.ts",
    trigger: "queue",
    routes: [],
    settings: relaySettings,
    /** Leaves room for four attempts while Pusher does not answer, and for the response. */
    timeoutSeconds: 30,
  },
  auth: http("auth/handler.ts", authSettings, [
    route("Auth", "/auth"),
    route("UserAuth", "/user-auth"),
    route("Health", "/health"),
  ]),
  "test-event": http("test-event/handler.ts", testEventSettings, [route("Test", "/test")]),
  webhook: http("webhook/handler.ts", webhookSettings, [route("Webhook", "/webhook")]),
} as const satisfies Readonly<Record<string, FunctionSpec>>;

export type FunctionName = keyof typeof FUNCTIONS;

/** The functions that an HTTP API calls. */
export type HttpFunctionName = {
  [Name in FunctionName]: (typeof FUNCTIONS)[Name]["trigger"] extends "queue" ? never : Name;
}[FunctionName];

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

export const FUNCTION_NAMES: readonly FunctionName[] = Object.keys(FUNCTIONS).filter(isFunctionName);

const isHttp = (name: FunctionName): name is HttpFunctionName => FUNCTIONS[name].trigger === "http";

/** Every route with the function that answers it. */
export const ROUTES: readonly (HttpRoute & { readonly functionName: HttpFunctionName })[] = FUNCTION_NAMES.filter(
  isHttp,
).flatMap((functionName) => FUNCTIONS[functionName].routes.map((each) => ({ ...each, functionName })));
