import { authSettings } from "./auth.ts";
import { both, type SettingsOf } from "./group.ts";
import { relaySettings } from "./relay.ts";
import { testEventSettings } from "./test-event.ts";
import { webhookSettings } from "./webhook.ts";

/** The settings of all functions together, in the order of the README's table. */
export const everySetting = both(both(relaySettings, authSettings), both(testEventSettings, webhookSettings));

export type EverySetting = SettingsOf<typeof everySetting>;
