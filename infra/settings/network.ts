import { FUNCTION_NAMES, type FunctionName } from "../../functions/manifest.ts";
import { createGroup, type Environment, type ValuesOf } from "../../packages/settings/src/group.ts";
import { listOf, optional, type Setting } from "../../packages/settings/src/setting.ts";
import { stageVariable } from "./stage-variable.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
const MAX_SUBNETS = 16;
const MAX_SECURITY_GROUPS = 5;

const ids = (prefix: string, max: number): Setting<readonly string[]> => {
  const pattern = new RegExp(`^${prefix}-[0-9a-f]{8,17}$`);
  const fault = `must be 1 to ${max} ids such as ${prefix}-0123456789abcdef0, separated by commas`;
  const list = listOf((item) => (pattern.test(item) ? item : undefined), fault);
  return {
    read(text) {
      const reading = list.read(text);
      return reading.ok && reading.value.length > max ? { ok: false, fault } : reading;
    },
  };
};

const functionNames = listOf(
  (item): FunctionName | undefined => FUNCTION_NAMES.find((name) => name === item),
  `must be names of functions (${FUNCTION_NAMES.join(", ")}), separated by commas`,
);

/** The functions that run in a VPC of yours. */
export const NETWORK_VARIABLES = {
  GATEWAY_VPC_SUBNETS: stageVariable(
    optional(ids("subnet", MAX_SUBNETS)),
    "ids of private subnets in which functions run, separated by commas",
    "",
  ),
  GATEWAY_VPC_SECURITY_GROUPS: stageVariable(
    optional(ids("sg", MAX_SECURITY_GROUPS)),
    "ids of the security groups of these functions, separated by commas",
    "",
  ),
  GATEWAY_VPC_FUNCTIONS: stageVariable(
    optional(functionNames),
    "names of the functions that run in the VPC, separated by commas; by default `auth`, which asks the issuer and the platform",
    "",
  ),
};

const DEFAULT_FUNCTIONS: readonly FunctionName[] = ["auth"];

function shape({
  GATEWAY_VPC_SUBNETS: subnets,
  GATEWAY_VPC_SECURITY_GROUPS: securityGroups,
  GATEWAY_VPC_FUNCTIONS: functions = DEFAULT_FUNCTIONS,
}: ValuesOf<typeof NETWORK_VARIABLES>) {
  return { vpc: subnets && securityGroups ? { subnets, securityGroups, functions } : undefined };
}

function contradictions(env: Environment): readonly string[] {
  const names = Object.keys(NETWORK_VARIABLES);
  const isSet = (name: string): boolean => env[name] !== undefined;
  const [subnets = "", securityGroups = ""] = names;
  if (!names.some(isSet)) return [];
  return [subnets, securityGroups]
    .filter((name) => !isSet(name))
    .map((name) => `${name} is missing. A VPC needs subnets and security groups`);
}

export const networkSettings = createGroup(NETWORK_VARIABLES, shape, contradictions);
