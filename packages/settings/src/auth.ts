import type { PusherApp } from "@realtime-gateway/pusher";
import { appVariables, credentialsOf } from "./app-credentials.ts";
import { type AuthModeSettings, authModeSettings } from "./auth/modes.ts";
import {
  channelFaults,
  channelFormSettings,
  channelVariables,
  type EventChannelForm,
  formOf,
  masterKeyOf,
} from "./channel-form.ts";
import { both, createGroup, type SettingGroup } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { type MetricsSettings, metricsSettings } from "./metrics.ts";

interface SigningSettings {
  readonly form: EventChannelForm;
  readonly signingApp: Pick<PusherApp, "key" | "secret" | "encryptionMasterKey">;
}

/** The settings of the function `auth`. */
export interface AuthSettings extends SigningSettings, HttpSettings, MetricsSettings {
  /** The rules for who may subscribe. */
  readonly auth: AuthModeSettings;
}

/** The function signs and publishes nothing, so it gets no address of Pusher's. */
const signingSettings = createGroup(
  { ...appVariables, ...channelVariables },
  (env): SigningSettings => ({ signingApp: { ...credentialsOf(env), ...masterKeyOf(env) }, form: formOf(env) }),
  channelFaults,
);

export const authSettings: SettingGroup<AuthSettings> = both(
  both(both(signingSettings, httpSettings), authModeSettings),
  metricsSettings,
);

/** The rules for tokens and channels, for commands that need no Pusher app. */
export type AccessSettings = Pick<AuthSettings, "auth" | "form">;

export const accessSettings: SettingGroup<AccessSettings> = both(channelFormSettings, authModeSettings);
