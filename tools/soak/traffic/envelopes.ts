/** The parts of a message that the traffic decides when it sends the event. */
export interface Stamp {
  readonly marker: number;
  /** The `id` of CloudEvents. */
  readonly id: string;
  readonly timeMs: number | undefined;
  /** The number of the envelope's form. */
  readonly form: number;
}

/** Every form of a queue message (contract, section 6). `json` is the source text of the payload. */
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
    case 5:
      return eventBridgeEvent(name, json, stamp);
    case 6:
      return sns(eventBridgeEvent(name, json, stamp));
    case 7:
      return cloudEvent(name, JSON.stringify(json), stamp);
    default:
      return cloudEvent(name, json, stamp);
  }
}

export const ENVELOPE_FORMS = 11;
/** CloudEvents without a wrapper: the most frequent form. */
export const PLAIN_FORM = 10;

const LEGACY_FORMS: ReadonlySet<number> = new Set([0, 2, 4]);

/** True if the envelope has a source and an id, so that a second message with the event is a duplicate. */
export const isIdentified = (form: number): boolean => !LEGACY_FORMS.has(form);

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

/** EventBridge's own form: `detail-type` is the event's name. */
const eventBridgeEvent = (name: string, json: string, { id, timeMs }: Stamp): string =>
  `{"version":"0","id":${JSON.stringify(id)},"detail-type":${JSON.stringify(name)},"source":"/soak",` +
  `${timeMs === undefined ? "" : `"time":"${iso(timeMs)}",`}"detail":${json}}`;
