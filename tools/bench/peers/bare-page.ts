/** A page on `pusher-js` alone, as its documentation shows, that also reads after each subscription. */
import type { PageSetup } from "../pages/page-setup.ts";

export function openBarePage({ Pusher, key, options, authUrl, audits, read }: PageSetup): void {
  const pusher = new Pusher(key, {
    ...options,
    channelAuthorization: { transport: "ajax", endpoint: `${authUrl}/auth` },
  });
  for (const id of audits) pusher.subscribe(`private-audit-${id}`).bind("pusher:subscription_succeeded", read);
}
