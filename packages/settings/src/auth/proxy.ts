import { both, createGroup, type SettingGroup } from "../group.ts";
import { sharedSecret } from "../setting.ts";
import type { DocsOf } from "../setting-doc.ts";
import { userInfoSettings } from "./user-info.ts";

/** A trusted server signs an assertion for each user's request. */
export interface ProxyModeSettings {
  readonly mode: "proxy";
  readonly secret: Uint8Array;
  readonly userInfoClaims: readonly string[];
}

const variables = { REALTIME_PROXY_SECRET: sharedSecret };

export const proxyModeSettings: SettingGroup<ProxyModeSettings> = both(
  createGroup(variables, (env) => ({ mode: "proxy", secret: env.REALTIME_PROXY_SECRET }) as const),
  userInfoSettings,
);

export const proxyDocs = (): DocsOf<typeof variables> => ({
  REALTIME_PROXY_SECRET: {
    meaning: "`proxy`: the secret shared with the trusted server, 32 bytes or longer; required",
  },
});
