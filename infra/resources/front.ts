import { createHttpApi } from "./api.ts";
import type { FrontContext, FrontResources } from "./front-context.ts";
import { createFunctionUrls } from "./function-urls.ts";
import { createRestApi } from "./rest-api.ts";

const FRONTS = { "http-api": createHttpApi, "rest-api": createRestApi, "function-url": createFunctionUrls };

/** Creates what the stage's `GATEWAY_FRONT` names. */
export const createFront = (context: FrontContext): FrontResources => FRONTS[context.settings.front](context);
