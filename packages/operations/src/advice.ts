import { FAILURES, NO_CODE, REJECTIONS } from "@realtime-gateway/codes";

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ...REJECTIONS, ...FAILURES }).map(([code, { action }]) => [code, action] as const),
  [
    NO_CODE,
    "SQS moved these after too many receives, or a rejected message had no room for its reason and fails again; search the relay's log for their ids",
  ],
]);

/** The next step for dead letters of this code, from the table of codes; `undefined` for a code of another version. */
export const actionFor = (code: string): string | undefined => ACTIONS.get(code)?.replaceAll("`", "");
