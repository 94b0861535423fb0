import { createRequire } from "node:module";
import { PusherJs } from "@realtime-gateway/local";
import type { ChannelAuthorizerGenerator } from "pusher-js";
import { type Agent, type AgentOptions, createAgent } from "./agent.ts";

/** Where clients run. */
export interface Driver {
  /** Of the pages that the clients are in. */
  readonly origin: string;
  open(options: AgentOptions): Promise<Agent>;
  stop(): Promise<void>;
}

/** It is CommonJS, and exports the authorizer itself. */
const batchAuthorizer: ChannelAuthorizerGenerator = createRequire(import.meta.url)("pusher-js-auth");

/** Clients in this process, as a service would have them. */
export const startNodeDriver = async (): Promise<Driver> => ({
  // Of no page: Node sends no origin.
  origin: "https://app.example",
  open: async (options) => createAgent(PusherJs, batchAuthorizer, options),
  stop: async () => undefined,
});
