import * as z from "zod/mini";
import { FunctionInputs } from "./function-inputs.ts";
import type { StageName } from "./stages.ts";
import type { Resource, Synthesis } from "./synth/synthesis.ts";
import { STAGE_RUNS } from "./synthesized.ts";

/** The resources of a synthesized stage. */
export interface Deployed {
  readonly synthesis: Synthesis;
  all(type: string): readonly Resource[];
  /** The only resource of its type with this logical name. */
  one(type: string, name: string): Resource;
}

export function deployed(stage: StageName): Deployed {
  const { synthesis, exitCode, output } = STAGE_RUNS[stage];
  if (synthesis === undefined || exitCode !== 0) throw new Error(`${stage} was not synthesized:\n${output}`);
  const all = (type: string) => synthesis.resources.filter((resource) => resource.type === type);
  return {
    synthesis,
    all,
    one(type, name) {
      const [found, ...more] = all(type).filter((resource) => resource.name === name);
      if (found === undefined || more.length > 0)
        throw new Error(`there is not exactly one ${type} with the name ${name}`);
      return found;
    },
  };
}

export const QUEUE = "aws:sqs/queue:Queue";
export const FUNCTION = "aws:lambda/function:Function";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const Arn = z.object({ arn: z.string() });
export const arnOf = ({ outputs }: Resource): string => Arn.parse(outputs).arn;

export const functionOf = (stage: Deployed, logicalName: string) =>
  FunctionInputs.parse(stage.one(FUNCTION, `${logicalName}Function`).inputs);

const Policy = z.object({ Statement: z.array(z.looseObject({})) });
const RoleInputs = z.object({
  assumeRolePolicy: z.string(),
  inlinePolicies: z.array(z.object({ policy: z.string() })),
  managedPolicyArns: z.array(z.string()),
});

export const statementsIn = (policy: string) => Policy.parse(JSON.parse(policy)).Statement;

/** The permissions of a function, and the principals that may assume its role. */
export function roleOf(stage: Deployed, logicalName: string) {
  const inputs = RoleInputs.parse(stage.one("aws:iam/role:Role", `${logicalName}Role`).inputs);
  return {
    trusts: statementsIn(inputs.assumeRolePolicy),
    statements: inputs.inlinePolicies.flatMap(({ policy }) => statementsIn(policy)),
    managedPolicies: inputs.managedPolicyArns,
  };
}
