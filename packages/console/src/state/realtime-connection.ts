import Pusher from "pusher-js/with-encryption";
import type { ComposableEvent, StackEnvironment } from "../api/control-api.ts";

/** Without this, `pusher-js` loads a fallback from the internet when its WebSocket fails. */
export class LocalPusher extends Pusher {
  constructor(key: string, options: ConstructorParameters<typeof Pusher>[1]) {
    super(key, { ...options, enabledTransports: ["ws", "wss"] });
  }
}

export function connectionOf({
  stack,
  catalog,
}: {
  readonly stack: StackEnvironment;
  readonly catalog: readonly ComposableEvent[];
}) {
  const { env } = stack;
  const { protocol, hostname, port } = new URL(stack.urls.webSocket);
  const isLocal = env.NEXT_PUBLIC_PUSHER_HOST !== undefined;
  const pattern = catalog[0]?.channels[0]?.pattern ?? "private-";
  const channels = pattern.startsWith("private-encrypted-")
    ? "encrypted"
    : pattern.startsWith("private-")
      ? "private"
      : "public";
  return {
    key: env.NEXT_PUBLIC_PUSHER_KEY ?? "",
    cluster: env.NEXT_PUBLIC_PUSHER_CLUSTER ?? "",
    channels,
    options: isLocal
      ? {
          wsHost: hostname,
          wsPort: Number(port),
          wssPort: Number(port),
          forceTLS: protocol === "wss:",
          enableStats: false,
        }
      : { forceTLS: true, enableStats: false },
  } as const;
}

/** The page may be open as `localhost`: its own origin needs no CORS. */
export function authOf({ urls }: StackEnvironment, token: () => string) {
  const path = new URL(urls.auth).pathname.replace(/\/auth$/, "");
  return { url: `${location.origin}${path}`, getToken: token };
}
