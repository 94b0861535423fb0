import type { Stamp } from "./draft.ts";

/** Every way a producer may write a queue message (contract, section 6). `json` is the payload's source text. */
export function wrap(name: string, json: string, stamp: Stamp): string {
  switch (stamp.form) {
    case 0:
      return legacy(name, json, stamp);
    case 1:
      return sns(cloudEvent(name, json, stamp));
    case 2:
      return sns(legacy(name, json, stamp));
    case 3:
      return eventBridge(cloudEvent(name, json, stamp));
    case 4:
      return eventBridge(legacy(name, json, stamp));
    default:
      return cloudEvent(name, json, stamp);
  }
}

export const ENVELOPE_FORMS = 8;

const iso = (timeMs: number): string => new Date(timeMs).toISOString();

export const cloudEvent = (type: string, json: string, { id, timeMs }: Pick<Stamp, "id" | "timeMs">): string =>
  `{"specversion":"1.0","id":${JSON.stringify(id)},"source":"/soak","type":${JSON.stringify(type)},` +
  `${timeMs === undefined ? "" : `"time":"${iso(timeMs)}",`}"data":${json}}`;

const legacy = (event: string, json: string, { timeMs }: Stamp): string =>
  `{"event":${JSON.stringify(event)},${timeMs === undefined ? "" : `"timestamp":"${iso(timeMs)}",`}` +
  `"source":"soak","data":${json}}`;

export const sns = (message: string): string =>
  JSON.stringify({ Type: "Notification", TopicArn: "arn:aws:sns:us-east-1:000000000000:soak", Message: message });

const eventBridge = (detail: string): string =>
  `{"version":"0","detail-type":"domain event","source":"soak","region":"us-east-1","detail":${detail}}`;
