import { planDeployment } from "../../infra/settings/deployment.ts";
import { STAGES } from "./stages.ts";

/** A stage's environment, with its secrets as SST passes them to the program. */
const environmentOf = ({ env, secrets }: (typeof STAGES)["ci" | "other"]): Record<string, string> => ({
  ...env,
  ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`SST_SECRET_${name}`, value])),
});

/** The plan of a stage with the smallest set of settings, and these. */
export const planWith = (changes: Readonly<Record<string, string>>, stage: "ci" | "other" = "ci") =>
  planDeployment(STAGES[stage].stage, { ...environmentOf(STAGES[stage]), ...changes });

/** The faults of a stage with the smallest set of settings, and these. */
export function faultsWith(changes: Readonly<Record<string, string>>, stage: "ci" | "other" = "ci"): readonly string[] {
  const plan = planWith(changes, stage);
  return plan.ok ? [] : plan.faults;
}
