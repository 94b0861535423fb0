import { FUNCTIONS, type FunctionName } from "../../functions/manifest.ts";
import { external, fetchClassesFor } from "../../tools/build.ts";
import { dropSources } from "../drop-sources.ts";
import { valuesFor } from "../settings/deployment.ts";
import { logicalName } from "../settings/logical-name.ts";
import type { StageSettings } from "../settings/stage.ts";
import { optionsOf } from "./function-options.ts";
import { mutable, type PermittedQueues, type PolicyStatement, permissionsOf } from "./permissions.ts";

export interface FunctionContext {
  readonly settings: StageSettings;
  readonly queues: PermittedQueues;
  /** The values of all settings. Each function gets those that it reads. */
  readonly values: Readonly<Record<string, $util.Input<string>>>;
}

export interface GatewayFunction {
  readonly logicalName: string;
  readonly arn: $util.Output<string>;
  readonly name: $util.Output<string>;
  readonly logGroupName: $util.Output<string>;
}

const TRUST_LAMBDA = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Creates one function of the table, with its log group and its role. */
export function createFunction(name: FunctionName, { settings, queues, values }: FunctionContext): GatewayFunction {
  const spec = FUNCTIONS[name];
  const logical = logicalName(name);
  const fullName = `${$app.name}-${$app.stage}-${name}`;
  const logGroup = new aws.cloudwatch.LogGroup(`${logical}Logs`, {
    name: `/aws/lambda/${fullName}`,
    retentionInDays: settings.logDays,
  });
  const options = optionsOf(name, fullName, settings);
  const variables: Record<string, $util.Input<string>> = {
    NODE_OPTIONS: "--enable-source-maps",
    ...options.variables,
    ...valuesFor(spec, values),
  };
  const fn = new sst.aws.Function(logical, {
    name: fullName,
    handler: `functions/${spec.entry.replace(/\.ts$/, "")}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: `${settings.memoryMb[spec.memory]} MB`,
    timeout: `${spec.timeoutSeconds} seconds`,
    logging: { format: "json", logGroup: logGroup.name },
    permissions: [...permissionsOf(spec, queues), writesTo(logGroup), ...options.permissions].map(mutable),
    ...options.args,
    environment: variables,
    nodejs: bundling(name),
    hook: { postbuild: dropSources },
    transform: {
      // SST adds keys for linked resources. The gateway links none. In `sst dev`, SST's bridge finds its address among them.
      function: (args) => {
        if (!$dev) args.environment = { variables };
        if (options.tracingConfig) args.tracingConfig = options.tracingConfig;
      },
      // SST allows the function to write to any log. In `sst dev`, SST also lets the developer's account assume the role.
      role: (args) => {
        args.managedPolicyArns = [];
        if (settings.permissionsBoundary !== undefined) args.permissionsBoundary = settings.permissionsBoundary;
        if (!$dev) args.assumeRolePolicy = TRUST_LAMBDA;
      },
    },
  });
  return { logicalName: logical, arn: fn.arn, name: fn.name, logGroupName: logGroup.name };
}

/** SST's bundler gets the options of `tools/build.ts`. It accepts no aliases, so a plugin resolves them. */
const bundling = (name: FunctionName): sst.aws.FunctionArgs["nodejs"] => ({
  minify: true,
  sourcemap: true,
  banner: fetchClassesFor(name, `${$cli.paths.root}/functions`),
  esbuild: { external: [...external], keepNames: false },
  plugins: "infra/bundle-plugins.mjs",
});

const writesTo = (logGroup: aws.cloudwatch.LogGroup): PolicyStatement => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [$interpolate`${logGroup.arn}:*`],
});
