import { both, createGroup, type SettingGroup } from "./group.ts";
import { type PusherSettings, pusherSettings } from "./pusher.ts";
import { optional, readText } from "./setting.ts";

/** What every HTTP function reads. */
export interface HttpSettings extends PusherSettings, OriginSettings {}

interface OriginSettings {
  /** Web pages from these origins may call the HTTP functions; `*` stands for any. Empty: none. */
  readonly allowedOrigins: readonly string[];
}

/** As browsers send it: scheme, host and port, nothing after. A URL's host may hold `*`, which no browser would send. */
const isOrigin = (text: string): boolean => URL.parse(text)?.origin === text && !text.includes("*");

const originsOf = (text: string): readonly string[] => text.split(",").map((origin) => origin.trim());

const origins = readText(
  (text) => text === "*" || originsOf(text).every(isOrigin),
  "must be * or origins such as https://app.example, separated by commas",
  originsOf,
);

const variables = {
  REALTIME_ALLOWED_ORIGINS: optional(origins),
};

const originSettings = createGroup(
  variables,
  (env): OriginSettings => ({ allowedOrigins: env.REALTIME_ALLOWED_ORIGINS ?? [] }),
);

export const httpSettings: SettingGroup<HttpSettings> = both(pusherSettings, originSettings);
