export type HttpFunctionName = "auth" | "test-event" | "webhook";

export const API_PATH = "/api/realtime/pusher";

/**
 * Who answers what. Each takes any method, as the functions answer preflights, and the methods that they have not, themselves:
 * `docs/decisions/009-deployment.md`.
 */
export const ROUTES: readonly { readonly path: string; readonly functionName: HttpFunctionName }[] = [
  { path: `${API_PATH}/auth`, functionName: "auth" },
  { path: `${API_PATH}/user-auth`, functionName: "auth" },
  { path: `${API_PATH}/health`, functionName: "auth" },
  { path: `${API_PATH}/test`, functionName: "test-event" },
  { path: `${API_PATH}/webhook`, functionName: "webhook" },
];
