import {
  authSettings,
  BASE_PATH,
  relaySettings,
  type SettingGroup,
  testEventSettings,
  webhookSettings,
} from "@realtime-gateway/settings";

export { BASE_PATH } from "@realtime-gateway/settings";

/** One HTTP route. `id` names it in the deployment, so it must not change. */
export interface HttpRoute {
  readonly id: string;
  /** Below the base path. */
  readonly path: string;
}

/** Memory in megabytes that a stage gives to its functions by default. */
export interface MemoryDefaults {
  readonly meaning: string;
  readonly productionMb: number;
  /** The default of every other stage. */
  readonly otherMb: number;
}

/** The variables by which a stage sets its functions' memory. */
export const MEMORY = {
  GATEWAY_RELAY_MEMORY_MB: {
    meaning: "memory of the relay; Lambda gives CPU in proportion to it",
    productionMb: 512,
    otherMb: 512,
  },
  GATEWAY_HTTP_MEMORY_MB: { meaning: "memory of each HTTP function", productionMb: 512, otherMb: 256 },
} as const satisfies Readonly<Record<string, MemoryDefaults>>;

export type MemoryVariable = keyof typeof MEMORY;

/** One Lambda function: the build, the deployment, the local stack, the docs and the tests read this. */
export interface FunctionSpec {
  /** The module that exports `handler`, below `functions/`. */
  readonly entry: string;
  /** `queue`: the messages of the domain events queue; `http`: the requests to its routes. */
  readonly trigger: "queue" | "http";
  readonly routes: readonly HttpRoute[];
  /** The function gets these variables and no others. */
  readonly settings: SettingGroup<unknown>;
  readonly timeoutSeconds: number;
  readonly memory: MemoryVariable;
}

/** Functions by name. The name is a part of the deployed function's name, so it must not change. */
export type FunctionTable<Name extends string = string> = Readonly<Record<Name, FunctionSpec>>;

/** The timeout of an HTTP API is 30 s: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const HTTP_TIMEOUT_SECONDS = 10;

/** Leaves room for four attempts while Pusher does not answer, and for the response. */
const RELAY_TIMEOUT_SECONDS = 30;

const route = (id: string, path: string): HttpRoute => ({ id, path });

const http = (entry: string, settings: SettingGroup<unknown>, routes: readonly HttpRoute[]) =>
  ({
    entry,
    trigger: "http",
    routes,
    settings,
    timeoutSeconds: HTTP_TIMEOUT_SECONDS,
    memory: "GATEWAY_HTTP_MEMORY_MB",
  }) as const;

/** Every function of the gateway. To add one, add a folder and an entry here. */
export const FUNCTIONS = {
  relay: {
    entry: "relay/handler.ts",
    trigger: "queue",
    routes: [],
    settings: relaySettings,
    timeoutSeconds: RELAY_TIMEOUT_SECONDS,
    memory: "GATEWAY_RELAY_MEMORY_MB",
  },
  auth: http("auth/handler.ts", authSettings, [
    route("Auth", "/auth"),
    route("UserAuth", "/user-auth"),
    route("Health", "/health"),
  ]),
  "test-event": http("test-event/handler.ts", testEventSettings, [route("Test", "/test")]),
  webhook: http("webhook/handler.ts", webhookSettings, [route("Webhook", "/webhook")]),
} as const satisfies FunctionTable;

export type FunctionName = keyof typeof FUNCTIONS;

/** The names of a table, in its order. */
export const namesOf = <Name extends string>(table: FunctionTable<Name>): readonly Name[] =>
  Object.keys(table).filter((name): name is Name => Object.hasOwn(table, name));

/** One value for each function of a table. */
export function mapFunctions<Name extends string, T>(
  table: FunctionTable<Name>,
  make: (name: Name, spec: FunctionSpec) => T,
): Readonly<Record<Name, T>> {
  const values = Object.fromEntries(namesOf(table).map((name) => [name, make(name, table[name])]));
  // The keys are exactly those of the table; the type of `Object.fromEntries` forgets them.
  return values as Record<Name, T>;
}

export const FUNCTION_NAMES: readonly FunctionName[] = namesOf(FUNCTIONS);

/** One HTTP route with the function that answers it, and its whole path. */
export interface FunctionRoute<Name extends string = string> extends HttpRoute {
  readonly functionName: Name;
}

/** Every route of a table, below a base path. */
export const routesOf = <Name extends string>(
  table: FunctionTable<Name>,
  basePath = BASE_PATH,
): readonly FunctionRoute<Name>[] =>
  namesOf(table).flatMap((functionName) =>
    table[functionName].routes.map(({ id, path }) => ({ id, path: basePath + path, functionName })),
  );

/** The variables that the functions of a table read, each once, in the order of the table. */
export const variablesOf = (table: FunctionTable): readonly string[] => [
  ...new Set(Object.values(table).flatMap(({ settings }) => Object.keys(settings.variables))),
];
