import { createRequire } from "node:module";
import { PusherJs } from "@realtime-gateway/local";
import type { ChannelAuthorizerGenerator } from "pusher-js";
import { type Agent, type AgentOptions, createAgent } from "./agent.ts";

/** A place where clients run: Node or a browser. */
export interface Driver {
  /** The origin of the pages with the clients. */
  readonly origin: string;
  open(options: AgentOptions): Promise<Agent>;
  stop(): Promise<void>;
}

/** The package is CommonJS and exports the authorizer itself. */
const batchAuthorizer: ChannelAuthorizerGenerator = createRequire(import.meta.url)("pusher-js-auth");

/** Runs clients in this process, as a service does. */
export const startNodeDriver = async (): Promise<Driver> => ({
  // Node sends no origin, so no page has this one.
  origin: "https://app.example",
  open: async (options) => createAgent(PusherJs, batchAuthorizer, options),
  stop: async () => undefined,
});
