import type { Session } from "./session.ts";

const FORMS = ["private", "private-encrypted", "presence"];

/**
 * Stands for the app's own rule: the audits of the user's session, and what everybody may hear.
 * Names are made from what is the user's and compared whole: `audit-1` says nothing of `audit-10`.
 */
export function mayJoin({ audits }: Session, channel: string): boolean {
  const own = ["global", ...audits.map((id) => `audit-${id}`)];
  return FORMS.some((form) => own.some((name) => channel === `${form}-${name}`));
}
