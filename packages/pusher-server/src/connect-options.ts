import type { ServedApp } from "./apps.ts";
import type { ServerPort } from "./server-port.ts";

/**
 * The options that lead clients to one app of the server: `new Pusher(options.key, options)` of pusher-js and
 * `new Pusher(options)` of pusher. Each library ignores the members of the other one.
 */
export interface ConnectOptions extends ServedApp {
  readonly host: string;
  /** A text, as pusher expects it. */
  readonly port: string;
  readonly useTLS: boolean;
  /** pusher-js requires one. It has no meaning beside `wsHost`. */
  readonly cluster: string;
  readonly wsHost: string;
  readonly wsPort: number;
  readonly wssPort: number;
  readonly forceTLS: boolean;
  /** The server has no SockJS and no HTTP streaming. */
  readonly enabledTransports: ("ws" | "wss")[];
}

type Opened = Pick<ServerPort, "host" | "port" | "certificate">;

export function connectOptions({ appId, key, secret }: ServedApp, { host, port, certificate }: Opened): ConnectOptions {
  const isTls = certificate !== undefined;
  const name = bracketed(reachable(host));
  return {
    appId,
    key,
    secret,
    host: name,
    port: String(port),
    useTLS: isTls,
    cluster: "local",
    wsHost: name,
    wsPort: port,
    wssPort: port,
    forceTLS: isTls,
    enabledTransports: isTls ? ["ws", "wss"] : ["ws"],
  };
}

export const urlOf = ({ host, port, certificate }: Opened): string =>
  `${certificate === undefined ? "http" : "https"}://${bracketed(host)}:${port}`;

/** A server that listens on every address is reached on the loopback one. */
const reachable = (host: string): string => (host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host);

/** A host in a URL: IPv6 addresses stand in brackets. */
const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);
