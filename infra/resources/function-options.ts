import type { FunctionName } from "../../functions/manifest.ts";
import type { StageSettings } from "../settings/stage.ts";
import { joinsVpc, type PolicyStatement, writesTraces } from "./permissions.ts";

/** Options that a function has only if a variable of the stage sets them. */
export interface FunctionOptions {
  readonly args: Pick<sst.aws.FunctionArgs, "layers" | "vpc">;
  readonly variables: Readonly<Record<string, string>>;
  readonly permissions: readonly PolicyStatement[];
  readonly tracingConfig: { readonly mode: "Active" } | undefined;
}

/** The VPC, the traces and the layers of a function. `fullName` is the function's name in AWS. */
export function optionsOf(
  name: FunctionName,
  fullName: string,
  { vpc, tracing, layers, layerWrapper }: StageSettings,
): FunctionOptions {
  const inVpc = vpc?.functions.includes(name) === true;
  const traced = tracing === "xray";
  // In `sst dev`, SST's bridge runs in place of the function, on another architecture.
  const ownLayers = $dev ? [] : [...layers];
  return {
    args: {
      ...(ownLayers.length > 0 && { layers: ownLayers }),
      ...(inVpc && { vpc: { privateSubnets: [...vpc.subnets], securityGroups: [...vpc.securityGroups] } }),
    },
    variables: ownLayers.length > 0 && layerWrapper !== undefined ? { AWS_LAMBDA_EXEC_WRAPPER: layerWrapper } : {},
    permissions: [...(inVpc ? joinsVpc(fullName) : []), ...(traced ? [writesTraces] : [])],
    tracingConfig: traced ? { mode: "Active" } : undefined,
  };
}
