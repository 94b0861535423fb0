import type { AppSettings } from "../options.ts";
import { bad, type ParsedBody } from "./api-answer.ts";

export type AppFeatures = Pick<AppSettings, "subscriptionCount">;

/** Parses the `info` parameter: the comma-separated names of the channel attributes to report. */
export function parseInfo(
  info: unknown,
  known: readonly string[],
  { subscriptionCount }: AppFeatures,
): ParsedBody<readonly string[] | undefined> {
  if (info === undefined || info === null || info === "") return { value: undefined };
  const attributes = typeof info === "string" ? info.split(",").map((attribute) => attribute.trim()) : [];
  if (attributes.length === 0 || !attributes.every((attribute) => known.includes(attribute))) {
    return bad("info should be a comma separated list of attributes");
  }
  return attributes.includes("subscription_count") && !subscriptionCount
    ? bad("Cannot retrieve the subscription count unless subscription counting is enabled for the app")
    : { value: attributes };
}
