import { UsageError } from "@realtime-gateway/command-line";
import { ownPusher } from "../stack/own-pusher.ts";
import { cloudPusher, type PusherTarget } from "../stack/pusher-target.ts";
import type { StartOptions } from "./start-arguments.ts";

/** The app of the environment that `--pusher` asks for. `undefined`: the local server. */
export function pusherAppFor(pusher: StartOptions["pusher"], env: NodeJS.ProcessEnv): PusherTarget | undefined {
  switch (pusher) {
    case "local":
      return undefined;
    case "cloud": {
      const cloud = cloudPusher(env);
      if (!("missing" in cloud)) return cloud;
      const hint = env.PUSHER_HOST ? " (--pusher own uses it)" : "";
      throw new UsageError(
        `--pusher cloud needs a real Pusher app in the environment: ${cloud.missing.join("; ")}${hint}`,
      );
    }
    case "own": {
      const own = ownPusher(env);
      if (!("faults" in own)) return own;
      throw new UsageError(`--pusher own needs the app of your server in the environment: ${own.faults.join("; ")}`);
    }
  }
}
