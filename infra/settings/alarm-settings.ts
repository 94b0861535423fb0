import { createGroup, type Environment, type ValuesOf } from "../../packages/settings/src/group.ts";
import { flag, matching, optional } from "../../packages/settings/src/setting.ts";
import { kmsKey } from "./kms-key.ts";
import { stageVariable } from "./stage-variable.ts";

export const ALARM_VARIABLES = {
  GATEWAY_ALARMS: stageVariable(flag("1"), "`0`: no alarms and no topic, for preview stages", "1"),
  GATEWAY_ALARMS_KMS_KEY: stageVariable(
    kmsKey,
    "a key of yours that encrypts the alarm topic; its policy must allow CloudWatch",
    "",
  ),
  GATEWAY_DOCS_URL: stageVariable(
    optional(matching(/^https:\/\/\S+$/, "must be an https URL")),
    "where your team reads `docs/`; alarms link to it",
    "",
  ),
};

const shape = (env: ValuesOf<typeof ALARM_VARIABLES>) => ({
  alarms: env.GATEWAY_ALARMS,
  alarmsKeyArn: env.GATEWAY_ALARMS_KMS_KEY,
  docsUrl: env.GATEWAY_DOCS_URL,
});

const contradictions = (env: Environment): readonly string[] =>
  env.GATEWAY_ALARMS === "0" && env.GATEWAY_ALARMS_KMS_KEY !== undefined
    ? ["GATEWAY_ALARMS_KMS_KEY has no effect with GATEWAY_ALARMS=0"]
    : [];

export const alarmSettings = createGroup(ALARM_VARIABLES, shape, contradictions);
