import { createGroup, type Environment, type ValuesOf } from "../../packages/settings/src/group.ts";
import { listOf, matching, oneOf, optional, withDefault } from "../../packages/settings/src/setting.ts";
import { stageVariable } from "./stage-variable.ts";

const LAYER = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]+:\d+$/;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_LAYERS = 5;

const layers = listOf(
  (item) => (LAYER.test(item) ? item : undefined),
  "must be ARNs of layer versions, separated by commas, such as arn:aws:lambda:eu-west-1:123456789012:layer:otel:1",
);

/** Traces of the functions. */
export const TRACING_VARIABLES = {
  GATEWAY_TRACING: stageVariable(
    oneOf("off", "xray"),
    "`xray`: Lambda sends traces of the functions to X-Ray, at a price per trace",
    "off",
  ),
  GATEWAY_LAYERS: stageVariable(
    withDefault(layers, []),
    "ARNs of layer versions for every function, such as an OpenTelemetry layer for arm64, separated by commas",
    "",
  ),
  GATEWAY_LAYER_WRAPPER: stageVariable(
    optional(matching(/^\/opt\/[\w./-]+$/, "must be a path below /opt, such as /opt/otel-instrument")),
    "the script of the layer that starts the function (`AWS_LAMBDA_EXEC_WRAPPER`)",
    "",
  ),
};

const shape = (env: ValuesOf<typeof TRACING_VARIABLES>) => ({
  tracing: env.GATEWAY_TRACING,
  layers: env.GATEWAY_LAYERS,
  layerWrapper: env.GATEWAY_LAYER_WRAPPER,
});

const contradictions = (
  env: Environment,
  { GATEWAY_LAYERS: arns = [] }: Partial<ValuesOf<typeof TRACING_VARIABLES>>,
) => [
  ...(arns.length > MAX_LAYERS ? [`GATEWAY_LAYERS has more than ${MAX_LAYERS} layers, the maximum of Lambda`] : []),
  ...(env.GATEWAY_LAYER_WRAPPER !== undefined && env.GATEWAY_LAYERS === undefined
    ? ["GATEWAY_LAYER_WRAPPER needs GATEWAY_LAYERS: the wrapper is a file of a layer"]
    : []),
];

export const tracingSettings = createGroup(TRACING_VARIABLES, shape, contradictions);
