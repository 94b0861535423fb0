import { type HttpFunctionName, ROUTES } from "../../functions/manifest.ts";
import type { Deployment } from "../settings/deployment.ts";
import { HTTP_TIMEOUT_SECONDS } from "../settings/limits.ts";
import type { StageSettings } from "../settings/stage.ts";
import { createFunction, type GatewayFunction, type Statement } from "./functions.ts";

export interface Api {
  readonly gateway: sst.aws.ApiGatewayV2;
  readonly functions: Readonly<Record<HttpFunctionName, GatewayFunction>>;
}

/** The HTTP functions, behind one HTTP API. */
export function createApi(
  { settings, webhookQueueArn }: Deployment,
  values: Readonly<Record<string, $util.Input<string>>>,
): Api {
  const create = (name: HttpFunctionName, permissions: readonly Statement[] = []): GatewayFunction =>
    createFunction(name, {
      memoryMb: settings.httpMemoryMb,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      logDays: settings.logDays,
      values,
      permissions,
    });
  const functions = {
    auth: create("auth"),
    "test-event": create("test-event"),
    webhook: create("webhook", webhookQueueArn ? [{ actions: ["sqs:SendMessage"], resources: [webhookQueueArn] }] : []),
  };
  const gateway = createGateway(settings);
  // Any method: the functions answer preflights, and the methods that they have not, themselves (`docs/decisions/010-deployment.md`).
  for (const { id, path, functionName } of ROUTES)
    gateway.route(`ANY ${path}`, functions[functionName].arn, { name: id });
  return { gateway, functions };
}

function createGateway({ requestsPerSecond, requestBurst, logDays }: StageSettings): sst.aws.ApiGatewayV2 {
  return new sst.aws.ApiGatewayV2("Api", {
    // The functions answer: `docs/decisions/010-deployment.md`.
    cors: false,
    transform: {
      logGroup: { retentionInDays: logDays },
      stage: {
        defaultRouteSettings: { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: requestBurst },
      },
    },
  });
}
