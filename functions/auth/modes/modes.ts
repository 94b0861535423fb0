import type { AuthModeSettingsByName } from "@realtime-gateway/settings";
import type { Authenticate, AuthModeDeps } from "../identity.ts";
import { authenticateAnonymously } from "./open.ts";

type LoadMode<Settings> = () => Promise<(settings: Settings, deps: AuthModeDeps) => Authenticate>;

/** A mode for each settings type, by the value of `REALTIME_AUTH_MODE`. */
export type AuthModes<ByName> = { readonly [Name in keyof ByName]: LoadMode<ByName[Name]> };

/** Every mode. A new mode is one line here. Modes with tokens are imported only if chosen, as `jose` takes time to load. */
export const AUTH_MODES: AuthModes<AuthModeSettingsByName> = {
  open: async () => () => authenticateAnonymously,
  jwt: async () => (await import("./jwt.ts")).createJwtAuthentication,
  proxy: async () => (await import("./proxy.ts")).createProxyAuthentication,
};

type ChosenSettings<ByName, Name extends keyof ByName> = {
  [Each in Name]: ByName[Each] & { readonly mode: Each };
}[Name];

/** The authentication of the mode that the settings are for. */
export function createAuthenticate<ByName, Name extends keyof ByName>(
  modes: AuthModes<ByName>,
  settings: ChosenSettings<ByName, Name>,
  deps: AuthModeDeps,
): Authenticate {
  const load: LoadMode<ByName[Name]> = modes[settings.mode];
  const loading = load().then((create) => create(settings, deps));
  return async (header) => (await loading)(header);
}
