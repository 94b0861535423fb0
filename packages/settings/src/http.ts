import { BASE_PATH, type BasePathSettings, basePathSettings, type basePathVariables } from "./base-path.ts";
import { both, createGroup, type SettingGroup } from "./group.ts";
import { originList } from "./origin.ts";
import { optional } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The settings of every HTTP function. */
export interface HttpSettings extends BasePathSettings, OriginSettings {}

interface OriginSettings {
  /**
   * Web pages of these origins may call the HTTP functions. One `*` in an origin matches a part of a host's label.
   * The list `["*"]` means every origin, an empty list means none.
   */
  readonly allowedOrigins: readonly string[];
}

const originVariables = { REALTIME_ALLOWED_ORIGINS: optional(originList) };

const originSettings = createGroup(
  originVariables,
  (env): OriginSettings => ({ allowedOrigins: env.REALTIME_ALLOWED_ORIGINS ?? [] }),
);

export const httpSettings: SettingGroup<HttpSettings> = both(basePathSettings, originSettings);

export const httpDocs = (): DocsOf<typeof basePathVariables & typeof originVariables> => ({
  REALTIME_BASE_PATH: {
    meaning:
      "the path in front of every route; `/` puts the routes at the root. A stage or prefix before it is ignored",
    fallback: `\`${BASE_PATH}\``,
  },
  REALTIME_ALLOWED_ORIGINS: {
    meaning:
      "web pages and apps that may call the HTTP functions (CORS): origins separated by commas, such as `https://app.example,capacitor://localhost`; one `*` matches a part of a label, as in `https://app-*.vercel.app`; `*` alone for every origin",
    fallback: "none",
  },
});
