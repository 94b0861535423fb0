import { fileURLToPath } from "node:url";
import { startCli } from "./cli-process.ts";
import { APP, type ServerAddress } from "./pusher-server.ts";

const CLI = fileURLToPath(new URL("../../packages/operations/src/cli/users.ts", import.meta.url));

/** `npm run users` as a process of its own. */
export const startUsers = (flags: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startCli(CLI, flags, env);

/** The variables with which an operator reaches a server's app. */
export const environmentOf = ({ host, port }: Pick<ServerAddress, "host" | "port">) => ({
  PUSHER_APP_ID: APP.appId,
  PUSHER_KEY: APP.key,
  PUSHER_SECRET: APP.secret,
  PUSHER_HOST: host,
  PUSHER_PORT: String(port),
  PUSHER_SCHEME: "http",
});
