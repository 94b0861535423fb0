import { matching, optional } from "../../packages/settings/src/setting.ts";

const KEY = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** AWS services cannot use the keys that AWS manages (`alias/aws/…`), because their policies cannot change. */
export const kmsKey = optional(
  matching(KEY, "must be the ARN of a KMS key, such as arn:aws:kms:eu-west-1:123456789012:key/…, and no alias"),
);
