import { FUNCTION_NAMES, FUNCTIONS } from "../../functions/manifest.ts";
import type { FrontContext, FrontResources } from "./front-context.ts";
import type { GatewayFunction } from "./functions.ts";

/** Gives each HTTP function an address of its own. */
export function createFunctionUrls({ functions, basePath }: FrontContext): FrontResources {
  const names = FUNCTION_NAMES.filter((name) => FUNCTIONS[name].trigger === "http");
  const urls = names.map((name) => {
    const { logicalName } = functions[name];
    const url = createFunctionUrl(functions[name]).apply((address) => address.replace(/\/$/, ""));
    return [outputName(logicalName), $interpolate`${url}${basePath}`] as const;
  });
  return { outputs: Object.fromEntries(urls), watchedApi: "" };
}

/** `testEventUrl` for `TestEvent`. */
const outputName = (logicalName: string): string =>
  `${logicalName.slice(0, 1).toLowerCase()}${logicalName.slice(1)}Url`;

/** The functions check their callers themselves. AWS requires both permissions for requests without a signature. */
function createFunctionUrl({ logicalName, name }: GatewayFunction): $util.Output<string> {
  const url = new aws.lambda.FunctionUrl(`${logicalName}Url`, {
    functionName: name,
    authorizationType: "NONE",
    invokeMode: "BUFFERED",
  });
  new aws.lambda.Permission(`${logicalName}UrlAccess`, {
    action: "lambda:InvokeFunctionUrl",
    function: name,
    principal: "*",
    functionUrlAuthType: "NONE",
  });
  new aws.lambda.Permission(`${logicalName}UrlInvoke`, {
    action: "lambda:InvokeFunction",
    function: name,
    principal: "*",
    invokedViaFunctionUrl: true,
  });
  return url.functionUrl;
}
