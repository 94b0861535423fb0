import { createGroup, type Environment, type ValuesOf } from "../../packages/settings/src/group.ts";
import { integer, optional } from "../../packages/settings/src/setting.ts";
import { stageVariable } from "./stage-variable.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const CONCURRENCY = { min: 2, max: 1000 } as const;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const MIN_POLLERS = { min: 2, max: 200 } as const;
const MAX_POLLERS = { min: 2, max: 2000 } as const;
export const INVOCATIONS_PER_POLLER = 10;

/** How many relays run at once. */
export const POLLING_VARIABLES = {
  GATEWAY_MAX_CONCURRENCY: stageVariable(
    optional(integer(CONCURRENCY.min, CONCURRENCY.max)),
    "maximum of relays that run at once; each sends up to thirty-two requests to Pusher at a time",
    "10",
    "2",
  ),
  GATEWAY_MIN_POLLERS: stageVariable(
    optional(integer(MIN_POLLERS.min, MIN_POLLERS.max)),
    "with `GATEWAY_MAX_POLLERS`: pollers that always run, so that a burst does not wait for Lambda to start more",
    "",
  ),
  GATEWAY_MAX_POLLERS: stageVariable(
    optional(integer(MAX_POLLERS.min, MAX_POLLERS.max)),
    `provisioned pollers instead of \`GATEWAY_MAX_CONCURRENCY\`, at a price per poller and hour; each runs up to ${INVOCATIONS_PER_POLLER} relays`,
    "",
  ),
};

function shape(env: ValuesOf<typeof POLLING_VARIABLES>) {
  const { GATEWAY_MIN_POLLERS: min = MIN_POLLERS.min, GATEWAY_MAX_POLLERS: max } = env;
  const pollers = max === undefined ? undefined : { min, max };
  return {
    pollers,
    /** Pollers have no limit of their own for relays. */
    maxConcurrency: env.GATEWAY_MAX_CONCURRENCY ?? (max ?? MAX_POLLERS.max) * INVOCATIONS_PER_POLLER,
  };
}

function contradictions(env: Environment): readonly string[] {
  const { GATEWAY_MIN_POLLERS: min, GATEWAY_MAX_POLLERS: max, GATEWAY_MAX_CONCURRENCY: concurrency } = env;
  return [
    ...(max !== undefined && concurrency !== undefined
      ? [
          "GATEWAY_MAX_CONCURRENCY and GATEWAY_MAX_POLLERS exclude each other: AWS accepts a maximum of relays or provisioned pollers. Set one of them",
        ]
      : []),
    ...(max === undefined && min !== undefined ? ["GATEWAY_MIN_POLLERS needs GATEWAY_MAX_POLLERS"] : []),
    ...(Number(min) > Number(max) ? ["GATEWAY_MIN_POLLERS must not be above GATEWAY_MAX_POLLERS"] : []),
  ];
}

export const pollingSettings = createGroup(POLLING_VARIABLES, shape, contradictions);
