export type HttpFunctionName = "auth" | "test-event" | "webhook";

export const API_PATH = "/api/realtime/pusher";

/**
 * Who answers what. Each takes any method, as the functions answer preflights, and the methods that they have not, themselves:
 * `docs/decisions/010-deployment.md`.
 */
export const ROUTES: readonly Route[] = [
  { id: "Auth", path: `${API_PATH}/auth`, functionName: "auth" },
  { id: "UserAuth", path: `${API_PATH}/user-auth`, functionName: "auth" },
  { id: "Health", path: `${API_PATH}/health`, functionName: "auth" },
  { id: "Test", path: `${API_PATH}/test`, functionName: "test-event" },
  { id: "Webhook", path: `${API_PATH}/webhook`, functionName: "webhook" },
];

interface Route {
  readonly id: string;
  readonly path: string;
  readonly functionName: HttpFunctionName;
}
