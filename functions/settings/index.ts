import type { FunctionName } from "../build.ts";
import { authSettings } from "./auth.ts";
import { both, type SettingGroup } from "./group.ts";
import { relaySettings } from "./relay.ts";
import { testEventSettings } from "./test-event.ts";
import { webhookSettings } from "./webhook.ts";

/** What each function reads, and so what its environment must hold. */
export const settingsOf: Readonly<Record<FunctionName, SettingGroup<unknown>>> = {
  relay: relaySettings,
  auth: authSettings,
  "test-event": testEventSettings,
  webhook: webhookSettings,
};

/** Every setting there is, in the order of the README's table. */
export const everySetting = both(both(relaySettings, authSettings), both(testEventSettings, webhookSettings));

/** What every function together is configured with. */
export type EverySetting = Extract<ReturnType<typeof everySetting.read>, { readonly ok: true }>["value"];

export { SETTING_DOCS } from "./docs.ts";
