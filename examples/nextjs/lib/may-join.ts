import { encodeId } from "./realtime/encode-id.ts";
import type { Session } from "./session.ts";

const FORMS = ["private", "private-encrypted", "presence"];

/**
 * Replace this with your app's rule. Here, a user may join the audits of the session and the global channel.
 * Build whole names from the user's ids and compare them: `audit-1` must not allow `audit-10`, nor `a=3Ab` allow `a:b`.
 */
export function mayJoin({ audits }: Session, channel: string): boolean {
  const ids = audits.map(encodeId).filter((id) => id !== undefined);
  const own = ["global", ...ids.map((id) => `audit-${id}`)];
  return FORMS.some((form) => own.some((name) => channel === `${form}-${name}`));
}
