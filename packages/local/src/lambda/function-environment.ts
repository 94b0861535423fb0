import { dirname } from "node:path";

export interface FunctionSettings {
  readonly name: string;
  /** The path of the built ES module, which exports `handler`. */
  readonly bundlePath: string;
  /** The variables of its configuration. */
  readonly env: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly region: string;
  readonly logFormat: "JSON" | "Text";
}

/**
 * The whole environment of a function: its own variables, and those that Lambda sets and protects.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function functionEnvironment(settings: FunctionSettings, runtimeApi: string): Record<string, string> {
  const { name, memoryMb, region, logFormat } = settings;
  const taskRoot = dirname(settings.bundlePath);
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    // Without HOME, Node asks the system for it, and the AWS SDK reads the developer's profile there.
    HOME: taskRoot,
    ...settings.env,
    _HANDLER: "index.handler",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: taskRoot,
  };
}

export function functionArn({ name, region }: FunctionSettings): string {
  return `arn:aws:lambda:${region}:000000000000:function:${name}`;
}
