import { everySetting } from "@realtime-gateway/settings";

/** Which app, and where: the local stack has its own, `--pusher cloud` takes them as a whole. */
const OF_THE_APP = new Set([
  "PUSHER_APP_ID",
  "PUSHER_KEY",
  "PUSHER_SECRET",
  "PUSHER_CLUSTER",
  "PUSHER_HOST",
  "PUSHER_PORT",
  "PUSHER_SCHEME",
]);

/** Of the developer's environment, the settings that say how the gateway behaves: nothing else reaches a function. */
export function functionSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const name of Object.keys(everySetting.variables)) {
    const value = env[name];
    if (value !== undefined && value !== "" && !OF_THE_APP.has(name)) settings[name] = value;
  }
  return settings;
}
