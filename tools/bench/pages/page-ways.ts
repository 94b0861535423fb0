import { createRealtime } from "@realtime-gateway/client";
import { openBarePage } from "../peers/bare-page.ts";
import type { PageSetup } from "./page-setup.ts";

function openClientPage({ Pusher: Class, key, options, authUrl, audits, read }: PageSetup): void {
  const { cluster, ...more } = options;
  const realtime = createRealtime({ Pusher: Class, key, cluster, options: more, auth: { url: authUrl } });
  for (const id of audits) realtime.audit(id).refetch(read);
}

/** How a page subscribes to audits and reads them. */
export const PAGE_WAYS = { bare: openBarePage, client: openClientPage } as const;
export type PageWay = keyof typeof PAGE_WAYS;
