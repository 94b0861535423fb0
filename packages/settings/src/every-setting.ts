import { authSettings } from "./auth.ts";
import { both } from "./group.ts";
import { relaySettings } from "./relay.ts";
import { testEventSettings } from "./test-event.ts";
import { webhookSettings } from "./webhook.ts";

/** Every setting there is, in the order of the README's table. */
export const everySetting = both(both(relaySettings, authSettings), both(testEventSettings, webhookSettings));

/** The configuration of all functions together. */
export type EverySetting = Extract<ReturnType<typeof everySetting.read>, { readonly ok: true }>["value"];
