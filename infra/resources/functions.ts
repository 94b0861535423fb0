import type { FunctionName } from "../../functions/manifest.ts";
import { external, fetchClassesFor } from "../../tools/build.ts";
import { dropSources } from "../drop-sources.ts";
import { variablesOf } from "../settings/deployment.ts";

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly $util.Input<string>[];
}

export interface FunctionSpec {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logDays: number;
  /** The values of every setting there is; the function is given those that it reads. */
  readonly values: Readonly<Record<string, $util.Input<string>>>;
  /** Beside its own log. */
  readonly permissions: readonly Statement[];
}

export interface GatewayFunction {
  readonly arn: $util.Output<string>;
  readonly name: $util.Output<string>;
  readonly logGroupName: $util.Output<string>;
}

const LOGICAL_NAMES: Readonly<Record<FunctionName, string>> = {
  relay: "Relay",
  auth: "Auth",
  "test-event": "TestEvent",
  webhook: "Webhook",
};

const TRUST_LAMBDA = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

export function createFunction(name: FunctionName, spec: FunctionSpec): GatewayFunction {
  const logical = LOGICAL_NAMES[name];
  const fullName = `${$app.name}-${$app.stage}-${name}`;
  const logGroup = new aws.cloudwatch.LogGroup(`${logical}Logs`, {
    name: `/aws/lambda/${fullName}`,
    retentionInDays: spec.logDays,
  });
  const variables = { NODE_OPTIONS: "--enable-source-maps", ...variablesOf(name, spec.values) };
  const fn = new sst.aws.Function(logical, {
    name: fullName,
    handler: `functions/${name}/handler.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: `${spec.memoryMb} MB`,
    timeout: `${spec.timeoutSeconds} seconds`,
    logging: { format: "json", logGroup: logGroup.name },
    permissions: [...spec.permissions, writesTo(logGroup)].map(({ actions, resources }) => ({
      actions: [...actions],
      resources: [...resources],
    })),
    nodejs: {
      minify: true,
      sourcemap: true,
      // Of what `tools/build.ts` does for our own bundles, SST's bundler takes over the banner and the externals; the plugin says the aliases.
      banner: fetchClassesFor(name, `${$cli.paths.root}/functions`),
      esbuild: { external: [...external], keepNames: false },
      plugins: "infra/bundle-plugins.ts",
    },
    hook: { postbuild: dropSources },
    transform: {
      // SST adds keys for its linked resources, of which there are none.
      function: (args) => {
        args.environment = { variables };
      },
      // SST would trust the whole account, and let the function write to any log of it; its own is among the permissions.
      role: (args) => {
        args.managedPolicyArns = [];
        args.assumeRolePolicy = TRUST_LAMBDA;
      },
    },
  });
  return { arn: fn.arn, name: fn.name, logGroupName: logGroup.name };
}

const writesTo = (logGroup: aws.cloudwatch.LogGroup): Statement => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [$interpolate`${logGroup.arn}:*`],
});
