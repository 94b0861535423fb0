// Loads the module that this one adds to.
import type {} from "vitest";
import type { GatewayUrls } from "../control/types.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import { startGateway } from "../gateway/start-gateway.ts";

/** The gateway of a run of vitest. `connectGateway(inject("realtimeGateway").urls.http)` reaches it from a test. */
export interface ProvidedGateway {
  readonly env: Readonly<Record<string, string>>;
  readonly urls: GatewayUrls;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly realtimeGateway: ProvidedGateway;
  }
}

/** The part of vitest's project that a setup needs. Its whole type would make consumers compile that of the test runner. */
interface ProvidingProject {
  provide(key: "realtimeGateway", value: ProvidedGateway): void;
}

type Teardown = () => Promise<void>;

/** A `globalSetup` that starts one gateway for all test files, and sets its environment for them. */
export const gatewaySetup =
  (options: GatewayOptions = {}) =>
  async (project: ProvidingProject): Promise<Teardown> => {
    const gateway = await startGateway(options);
    // Workers inherit the environment, so the service under test needs no settings of its own.
    // biome-ignore lint/style/noProcessEnv: it is the environment of the service under test.
    Object.assign(process.env, gateway.env);
    project.provide("realtimeGateway", { env: { ...gateway.env }, urls: gateway.urls });
    return gateway.close;
  };

// biome-ignore lint/style/noDefaultExport: vitest takes the setup from there.
export default gatewaySetup();
