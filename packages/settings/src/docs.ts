import { jwtDocs } from "./auth/jwt.ts";
import { jwtKeyDocs } from "./auth/jwt-keys.ts";
import { authModeDocs } from "./auth/modes.ts";
import { ownershipDocs } from "./auth/ownership.ts";
import { proxyDocs } from "./auth/proxy.ts";
import { userInfoDocs } from "./auth/user-info.ts";
import { httpDocs } from "./http.ts";
import { metricsDocs } from "./metrics.ts";
import { pusherDocs } from "./pusher.ts";
import { eventDocs } from "./relay.ts";
import type { SettingDoc } from "./setting-doc.ts";
import { testTokenDocs } from "./test-event.ts";
import { webhookKeyDocs, webhookQueueDocs } from "./webhook.ts";

/** The README's row of every variable, in the order of its table. */
export const SETTING_DOCS: Readonly<Record<string, SettingDoc>> = {
  ...pusherDocs(),
  ...eventDocs(),
  ...metricsDocs(),
  ...httpDocs(),
  ...authModeDocs(),
  ...jwtKeyDocs(),
  ...jwtDocs(),
  ...ownershipDocs(),
  ...userInfoDocs(),
  ...proxyDocs(),
  ...testTokenDocs(),
  ...webhookKeyDocs(),
  ...webhookQueueDocs(),
};
