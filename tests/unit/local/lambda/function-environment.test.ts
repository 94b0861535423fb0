import { describe, expect, it } from "vitest";
import { functionEnvironment } from "../../../../packages/local/src/lambda/function-environment.ts";

const SETTINGS = {
  name: "relay",
  bundlePath: "/dist/functions/relay/index.mjs",
  env: {},
  memoryMb: 256,
  region: "eu-west-3",
  logFormat: "JSON",
} as const;

describe("functionEnvironment", () => {
  it("sets the variables that Lambda sets", () => {
    expect(functionEnvironment(SETTINGS, "127.0.0.1:9001")).toMatchObject({
      AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001",
      AWS_LAMBDA_FUNCTION_NAME: "relay",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_LOG_FORMAT: "JSON",
      AWS_REGION: "eu-west-3",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      LAMBDA_TASK_ROOT: "/dist/functions/relay",
      TZ: ":UTC",
    });
  });

  it("passes the function's own variables", () => {
    const settings = { ...SETTINGS, env: { PUSHER_KEY: "key" } };
    expect(functionEnvironment(settings, "127.0.0.1:9001").PUSHER_KEY).toBe("key");
  });

  it("does not override a variable that Lambda reserves", () => {
    const settings = { ...SETTINGS, env: { AWS_LAMBDA_FUNCTION_NAME: "other" } };
    expect(functionEnvironment(settings, "127.0.0.1:9001").AWS_LAMBDA_FUNCTION_NAME).toBe("relay");
  });

  it("leaves NODE_OPTIONS unset", () => {
    expect(functionEnvironment(SETTINGS, "127.0.0.1:9001")).not.toHaveProperty("NODE_OPTIONS");
  });
});
