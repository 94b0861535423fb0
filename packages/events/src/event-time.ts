export interface EventTime {
  /** Milliseconds since 1970; `undefined` if the time cannot be understood. */
  readonly ms: number | undefined;
  /** The time has a form that the contract names: ISO 8601, epoch seconds or epoch milliseconds. */
  readonly isExact: boolean;
}

/** ISO 8601, as RFC 3339 writes it. Hours and minutes are required; a zone is not. */
const ISO = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;
/**
 * RFC 9557 adds the name of the zone, as Java's `ZonedDateTime` does. The offset before it decides. A name has no `[`: if it
 * had, a text of a megabyte of them would take half an hour.
 */
const ZONE_NAME = /\[[^[\]]*\]$/;
const EPOCH = /^\d{1,16}(?:\.\d+)?$/;
/** Epoch seconds below this number, the year 5138; milliseconds from it on, the year 1973. */
const FIRST_MILLISECONDS = 1e11;
/** As microseconds the year 2001. The contract names neither microseconds nor nanoseconds. */
const FIRST_MICROSECONDS = 1e15;

/** The time of an envelope. A time without a zone is UTC, whatever the zone of the process. */
export function parseEventTime(time: unknown): EventTime {
  if (typeof time === "number" || (typeof time === "string" && EPOCH.test(time))) return epoch(Number(time));
  if (typeof time !== "string") return UNKNOWN;
  const named = time.endsWith("]") ? time.replace(ZONE_NAME, "") : time;
  const ms = isoMs(named);
  return ms === undefined ? UNKNOWN : { ms, isExact: named === time };
}

const UNKNOWN: EventTime = { ms: undefined, isExact: false };

function epoch(value: number): EventTime {
  const ms = Math.round(Math.abs(value) < FIRST_MILLISECONDS ? value * 1000 : value);
  return Math.abs(ms) < FIRST_MICROSECONDS ? { ms, isExact: true } : UNKNOWN;
}

function isoMs(text: string): number | undefined {
  if (!isDayOfMonth(text.slice(0, DAY_LENGTH))) return undefined;
  // ECMAScript defines these two forms, so `Date.parse` reads them the same way everywhere.
  if (ISO_DAY.test(text) || UTC.test(text)) return known(Date.parse(text));
  const [, day, clock = "", zone = "Z"] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const offset =
    zone.toUpperCase() === "Z" ? "Z" : zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, h, m = "00") => `${h}:${m}`);
  return known(Date.parse(`${day}T${clock.replace(",", ".")}${offset}`));
}

const DAY_LENGTH = 10;

const DAYS_OF_EVERY_MONTH = "28";

/** `Date.parse` makes 30 February a day of March. */
function isDayOfMonth(text: string): boolean {
  if (text.slice(-2) <= DAYS_OF_EVERY_MONTH) return true;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const known = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms);
