import type { FunctionName } from "../../functions/manifest.ts";
import type { StageSettings } from "../settings/stage.ts";
import type { GatewayFunction } from "./functions.ts";

export interface FrontContext {
  readonly functions: Readonly<Record<FunctionName, GatewayFunction>>;
  /** The path in front of every route. */
  readonly basePath: string;
  readonly settings: StageSettings;
}

export interface FrontResources {
  /** The addresses that the deployment prints. */
  readonly outputs: Readonly<Record<string, $util.Input<string>>>;
  /** The name by which CloudWatch lists the API; empty for Function URLs. */
  readonly watchedApi: $util.Input<string>;
}

/** The options of SST for the stage's domain. Without a certificate, SST keeps the domain's DNS too. */
export const domainOf = ({ domain }: StageSettings) =>
  domain &&
  (domain.certificateArn === undefined
    ? { name: domain.name }
    : { name: domain.name, dns: false as const, cert: domain.certificateArn });
