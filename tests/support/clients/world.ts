import { onTestFinished } from "vitest";
import { AUDIENCE, hmac, ISSUER, JWT_SECRET, makeToken } from "../tokens.ts";
import type { Agent, AgentOptions } from "./agent.ts";
import type { Driver } from "./driver.ts";
import { type ClientGateway, startClientGateway } from "./gateway.ts";
import { type Platform, startPlatform } from "./platform.ts";

/** A gateway in `jwt` mode, its platform and a driver for its clients. */
export interface ClientWorld<D extends Driver = Driver> {
  readonly driver: D;
  readonly gateway: ClientGateway;
  readonly platform: Platform;
  /** Opens a client with a token. It closes when the test ends. */
  open(token: string, options?: Pick<AgentOptions, "batched">): Promise<Agent>;
  stop(): Promise<void>;
}

export interface Person {
  readonly user: string;
  readonly channels?: readonly string[];
  readonly info?: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds?: number;
}

export const tokenOf = ({ user, channels = [], info, expiresInSeconds = 300 }: Person): string =>
  makeToken(hmac(JWT_SECRET), {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: user,
    exp: Math.floor(Date.now() / 1000) + expiresInSeconds,
    realtime: { channels, user_info: info },
  });

const JWT_MODE = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: JWT_SECRET,
  REALTIME_JWT_ISSUER: ISSUER,
  REALTIME_JWT_AUDIENCE: AUDIENCE,
  REALTIME_OWNERSHIP_SECRET: "ownership-s3cr3t-ownership-s3cr3t",
  // The gateway asks the platform again for each request.
  REALTIME_OWNERSHIP_CACHE_SECONDS: "0",
};

/** The gateway allows only pages of the driver's origin. */
export async function startWorld<D extends Driver>(
  driver: D,
  env: Record<string, string> = {},
): Promise<ClientWorld<D>> {
  const platform = await startPlatform();
  const gateway = await startClientGateway({
    ...JWT_MODE,
    REALTIME_OWNERSHIP_URL: platform.url,
    REALTIME_ALLOWED_ORIGINS: driver.origin,
    ...env,
  });
  return {
    driver,
    gateway,
    platform,
    async open(token, options) {
      const agent = await driver.open({ ...gateway.address, ...options, token });
      onTestFinished(() => agent.close());
      return agent;
    },
    async stop() {
      await gateway.stop();
      await platform.stop();
    },
  };
}
