/** Where every route of the gateway is. */
export const BASE_PATH = "/api/realtime/pusher";

export type HttpFunctionName = "auth" | "test-event" | "webhook";

/** Who answers what. `id` names a route where it is deployed, and so must not change. */
export interface HttpRoute {
  readonly id: string;
  readonly path: string;
  readonly functionName: HttpFunctionName;
}

export const ROUTES: readonly HttpRoute[] = [
  { id: "Auth", path: `${BASE_PATH}/auth`, functionName: "auth" },
  { id: "UserAuth", path: `${BASE_PATH}/user-auth`, functionName: "auth" },
  { id: "Health", path: `${BASE_PATH}/health`, functionName: "auth" },
  { id: "Test", path: `${BASE_PATH}/test`, functionName: "test-event" },
  { id: "Webhook", path: `${BASE_PATH}/webhook`, functionName: "webhook" },
];
