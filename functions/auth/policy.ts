import { checkChannelName, type RequestedChannel } from "@realtime-gateway/access";
import type { ChannelForm } from "@realtime-gateway/routing";
import { Denial } from "./denial.ts";

/** The requested channel, if the rules for names in `packages/access` allow it. */
export function checkName(name: string, published: ChannelForm): RequestedChannel | Denial {
  const check = checkChannelName(name, published);
  return check.ok ? check.requested : new Denial(403, "channel_not_allowed", check.detail);
}
