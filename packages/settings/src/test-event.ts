import { both, createGroup, type SettingGroup } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { matching, optional } from "./setting.ts";

/** What the function reads. */
export interface TestEventSettings extends HttpSettings, TestTokenSettings {}

interface TestTokenSettings {
  /** Whoever publishes a test event must hold it; not set, anybody may. */
  readonly testToken: string | undefined;
}

const variables = {
  REALTIME_TEST_TOKEN: optional(matching(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")),
};

const testTokenSettings = createGroup(variables, (env): TestTokenSettings => ({ testToken: env.REALTIME_TEST_TOKEN }));

export const testEventSettings: SettingGroup<TestEventSettings> = both(httpSettings, testTokenSettings);
