import type { Context as LambdaContext } from "aws-lambda";
import type { Context } from "hono";

/** Lambda's context of the invocation. It is absent if a test calls an app directly. */
export interface HttpEnv {
  Bindings: { readonly lambdaContext?: Pick<LambdaContext, "awsRequestId"> };
}

/** The id that Lambda's own log records carry. */
export const requestId = (context: Context<HttpEnv>): string | undefined => context.env?.lambdaContext?.awsRequestId;
