import { FAILURES, REJECTIONS } from "@realtime-gateway/codes";
import { UNKNOWN } from "./dead-letter.ts";

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ...REJECTIONS, ...FAILURES }).map(([code, { action }]) => [code, action] as const),
  [UNKNOWN, "SQS moved these after too many receives; search the relay's log for their ids"],
]);

/** The next step for dead letters of this code, from the table of codes; `undefined` for a code of another version. */
export const actionFor = (code: string): string | undefined => ACTIONS.get(code)?.replaceAll("`", "");
