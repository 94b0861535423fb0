import { everySetting } from "@realtime-gateway/settings";

/** The address of the Pusher app. The local stack sets these itself; `--pusher cloud` takes all of them from the environment. */
const APP_VARIABLES = new Set([
  "PUSHER_APP_ID",
  "PUSHER_KEY",
  "PUSHER_SECRET",
  "PUSHER_CLUSTER",
  "PUSHER_HOST",
  "PUSHER_PORT",
  "PUSHER_SCHEME",
]);

/** The gateway's settings in the developer's environment. Nothing else of it reaches a function. */
export function functionSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const name of Object.keys(everySetting.variables)) {
    const value = env[name];
    if (value !== undefined && value !== "" && !APP_VARIABLES.has(name)) settings[name] = value;
  }
  return settings;
}
