import { fileURLToPath } from "node:url";
import { startCli } from "./cli-process.ts";
import { type Address, APP } from "./pusher-server.ts";

const CLI = fileURLToPath(new URL("../../packages/operations/src/cli/users.ts", import.meta.url));

/** `npm run users` as a process of its own. */
export const startUsers = (flags: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startCli(CLI, flags, env);

/** What an operator has set to reach a server's app. */
export const environmentOf = ({ host, port }: Pick<Address, "host" | "port">) => ({
  PUSHER_APP_ID: APP.appId,
  PUSHER_KEY: APP.key,
  PUSHER_SECRET: APP.secret,
  PUSHER_HOST: host,
  PUSHER_PORT: String(port),
  PUSHER_SCHEME: "http",
});
