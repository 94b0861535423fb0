import { createGroup } from "../group.ts";
import { listOf, optional } from "../setting.ts";
import type { DocsOf } from "../setting-doc.ts";

interface UserInfoSettings {
  /** Claims that the other members of a presence channel see. */
  readonly userInfoClaims: readonly string[];
}

const variables = {
  REALTIME_USER_INFO_CLAIMS: optional(
    listOf((name) => (/^.+$/.test(name) ? name : undefined), "must be names of claims, separated by commas"),
  ),
};

/** For every mode that has users. */
export const userInfoSettings = createGroup(
  variables,
  (env): UserInfoSettings => ({ userInfoClaims: env.REALTIME_USER_INFO_CLAIMS ?? [] }),
);

export const userInfoDocs = (): DocsOf<typeof variables> => ({
  REALTIME_USER_INFO_CLAIMS: {
    meaning:
      "`jwt`, `proxy`: claims that other members of a presence channel see beside `user_info`, separated by commas, such as `name,picture`",
    fallback: "none",
  },
});
