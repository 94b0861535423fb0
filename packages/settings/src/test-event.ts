import { both, createGroup, type SettingGroup } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { type PusherSettings, pusherSettings } from "./pusher.ts";
import { matching, optional } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The settings of the function `test-event`. */
export interface TestEventSettings extends PusherSettings, HttpSettings, TestTokenSettings {}

interface TestTokenSettings {
  /** A test event requires this token. `undefined`: anybody may publish one. */
  readonly testToken: string | undefined;
}

const variables = {
  REALTIME_TEST_TOKEN: optional(matching(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")),
};

const testTokenSettings = createGroup(variables, (env): TestTokenSettings => ({ testToken: env.REALTIME_TEST_TOKEN }));

export const testEventSettings: SettingGroup<TestEventSettings> = both(
  both(pusherSettings, httpSettings),
  testTokenSettings,
);

export const testTokenDocs = (): DocsOf<typeof variables> => ({
  REALTIME_TEST_TOKEN: {
    meaning: "`POST /test` requires it, as `Authorization: Bearer`",
    fallback: "none: anybody may publish test events",
  },
});
