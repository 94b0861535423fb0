import { definitionOf, nearestName } from "@realtime-gateway/events";
import { buildChannel, type ChannelForm, parseChannel } from "@realtime-gateway/routing";
import type { Hint } from "../hints/hint.ts";
import { eventState } from "./event-state.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { matchesPattern } from "./name-pattern.ts";
import type { ArrivalMatch, GatewayEvent } from "./types.ts";
import { differingMembers, isAboutEvent, isTruncated, publishedData } from "./wait.ts";

/** All that may explain why an event did not arrive. */
export interface TimeoutFacts {
  readonly entries: readonly JournalEntry[];
  /** The form in which the gateway publishes. */
  readonly form: ChannelForm;
  /** Messages that the relay has not received yet. */
  readonly unreceived: number;
  /** Subscriptions that the auth function denied. */
  readonly denials: readonly Hint[];
  /** Ids of other Pusher apps that somebody published to on this stack's Pusher server. */
  readonly otherApps: readonly string[];
  readonly appId: string;
}

const MAX_NEAR_MISSES = 5;

/** The message of an event that did not arrive: what happened instead, and what to change. */
export function timeoutText(match: ArrivalMatch, timeoutMs: number, facts: TimeoutFacts): string {
  const { event = match.id === undefined ? "event" : `event ${match.id}`, channel } = match;
  const where = channel === undefined ? "" : ` on ${channel}`;
  const causes = causesOf(match, facts);
  return [`No ${event} arrived${where} within ${timeoutMs} ms.`, ...causes.map((cause) => `- ${cause}`)].join("\n");
}

function causesOf(match: ArrivalMatch, facts: TimeoutFacts): readonly string[] {
  const about = facts.entries.filter((entry) => isAboutEvent(entry, match));
  // Events on the same channel, or about the same entity, are nearer than others.
  const near = [...about.filter((entry) => isNear(entry, match)), ...about.filter((entry) => !isNear(entry, match))];
  const causes = [
    ...facts.otherApps.map(otherAppText(facts.appId)),
    ...near.slice(0, MAX_NEAR_MISSES).map((entry) => entryText(entry, match, facts)),
    ...(about.length === 0 ? otherEventTexts(match, facts) : []),
    ...(facts.unreceived > 0 ? [`${facts.unreceived} messages wait in the queue: a longer timeoutMs may help.`] : []),
    ...denialTexts(match, facts),
  ];
  return causes.length > 0 ? causes : [`The queue got no message. Send to DOMAIN_EVENTS_QUEUE_URL of gateway.env.`];
}

const otherAppText =
  (appId: string) =>
  (other: string): string =>
    `Somebody published to the Pusher app ${other}, and the gateway has ${appId}: start the service with gateway.env.`;

function isNear({ reading }: JournalEntry, { channel }: ArrivalMatch): boolean {
  return channel === undefined || reading.routes.some((route) => route.channel === channel);
}

/** True once the channel of the wait has the event, or any channel if that one is none of its own. The relay's log may come later. */
const isPublished = (entry: JournalEntry, match: ArrivalMatch): boolean =>
  entry.publications.some(
    ({ channel }) => match.channel === undefined || channel === match.channel || !isNear(entry, match),
  );

/** The reason why an event with the right name and id does not match the wait. */
function entryText(entry: JournalEntry, match: ArrivalMatch, facts: TimeoutFacts): string {
  const event = eventState(entry);
  const subject = subjectOf(event);
  const because = [event.code, event.detail].filter((part) => part !== undefined).join(": ");
  if (event.status === "waiting" && isPublished(entry, match)) return publishedText(entry, event, match);
  switch (event.status) {
    case "waiting":
      return `${subject} is late: the relay still works on it. A longer timeoutMs may help.`;
    case "failed":
      return `${subject} is late: the relay failed (${because}), and SQS retries it. Remove the cause, or use a longer timeoutMs.`;
    case "replaced":
      return `${subject} was replaced by ${replacementText(event, facts)}: wait for that one, or set REALTIME_CONFLATE=0.`;
    case "dead-lettered":
      return `${subject} was dead-lettered (${because}). Correct the event.`;
    case "dry-run":
      return `${subject} was not published, because PUSHER_DRY_RUN=1. Unset it.`;
    case "duplicate":
      return `${subject} is a duplicate of an event that was published before. Give each event an id of its own.`;
    case "expired":
      return `${subject} is older than REALTIME_MAX_EVENT_AGE_SECONDS. Correct the time of the event.`;
    default:
      return publishedText(entry, event, match);
  }
}

function replacementText({ replacedBy }: GatewayEvent, { entries }: TimeoutFacts): string {
  const newer = entries.find(({ key }) => key === replacedBy);
  return newer === undefined ? "a newer event" : `the newer ${subjectOf(eventState(newer))}`;
}

const subjectOf = ({ event = "The message", id, key }: GatewayEvent): string => `${event} (${id ?? key})`;

/** The event was published, so that its channel, payload or subscribers differ. */
function publishedText(entry: JournalEntry, event: GatewayEvent, match: ArrivalMatch): string {
  const subject = subjectOf(event);
  const names = event.channels.map(({ name }) => name);
  const { channel, data, truncated, minSubscribers } = match;
  if (channel !== undefined && !names.includes(channel)) return otherChannelText(subject, names, channel, entry);
  const differing = differingMembers(publishedData(entry), data);
  if (differing.length > 0 && isTruncated(entry))
    return `${subject} was truncated from ${event.payloadBytes} to ${event.bytes} bytes, so ${differing.join(", ")} may be missing. Send less, or read again in the page.`;
  if (differing.length > 0) return `${subject} was published with another payload: ${valuesText(entry, differing)}.`;
  if (truncated !== undefined) return `${subject} was published ${truncated ? "whole" : "truncated"}.`;
  const heard = event.channels.find(({ name }) => name === channel)?.subscribers;
  return `${subject} was published with ${heard ?? 0} subscribers, and ${minSubscribers} must be there. Subscribe before you send.`;
}

function valuesText(entry: JournalEntry, names: readonly string[]): string {
  const members = new Map(Object.entries(Object(publishedData(entry))));
  return names.map((name) => `${name} is ${JSON.stringify(members.get(name)) ?? "missing"}`).join(", ");
}

function otherChannelText(
  subject: string,
  names: readonly string[],
  wanted: string,
  { reading }: JournalEntry,
): string {
  const asked = parseChannel(wanted);
  const twin = asked && names.find((name) => isTwin(name, asked.channel));
  if (twin !== undefined) return `${subject} was published on ${twin}: the channel has another form. Wait for ${twin}.`;
  const reasons = reading.routes.flatMap(({ field, why }) => (field === undefined ? [] : [why]));
  const because = reasons.length > 0 ? `, because ${reasons.join(" and ")}` : "";
  return `${subject} was published on ${names.join(" and ")}${because}: the id is another one.`;
}

type Asked = NonNullable<ReturnType<typeof parseChannel>>["channel"];

/** Both names are of the same channel, in two forms. */
function isTwin(name: string, asked: Asked): boolean {
  const form = parseChannel(name)?.form;
  if (form === undefined) return false;
  const twin = buildChannel(asked, form);
  return twin.ok && twin.value === name;
}

/** No event has the name or the id: those that came instead, and the name that may be meant. */
function otherEventTexts({ event, id, channel }: ArrivalMatch, { entries }: TimeoutFacts): readonly string[] {
  const listed = event === undefined || event.includes("*") || definitionOf(event) !== undefined;
  const nearest = listed || event === undefined ? undefined : nearestName(event);
  const unlisted = listed
    ? []
    : [`The catalog lists no ${event}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`];
  const onChannel = entries.filter(({ reading }) => reading.routes.some((route) => route.channel === channel));
  const instead = (onChannel.length > 0 ? onChannel : entries)
    .slice(-MAX_NEAR_MISSES)
    .map((entry) => eventState(entry));
  if (instead.length === 0) return unlisted;
  const what = id === undefined ? "names" : "ids";
  const where = onChannel.length > 0 ? ` on ${channel}` : "";
  return [
    ...unlisted,
    `Other ${what} came${where}: ${instead.map((each) => `${subjectOf(each)} ${each.status}`).join(", ")}.`,
  ];
}

const denialTexts = ({ channel }: ArrivalMatch, { denials }: TimeoutFacts): readonly string[] => [
  ...new Set(
    denials
      .filter((denial) => channel === undefined || matchesPattern(channel, denial.channel))
      .map(({ detail }) => `The subscription of ${detail}`),
  ),
];
