import { encodeId } from "./realtime/encode-id.ts";
import type { Session } from "./session.ts";

const FORMS = ["private", "private-encrypted", "presence"];

/**
 * Stands for the app's own rule: the audits of the user's session, and what everybody may hear.
 * Names are made from what is the user's and compared whole: `audit-1` says nothing of `audit-10`, nor `a=3Ab` of `a:b`.
 */
export function mayJoin({ audits }: Session, channel: string): boolean {
  const ids = audits.map(encodeId).filter((id) => id !== undefined);
  const own = ["global", ...ids.map((id) => `audit-${id}`)];
  return FORMS.some((form) => own.some((name) => channel === `${form}-${name}`));
}
