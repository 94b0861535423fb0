import type { PublishedEvent } from "@realtime-gateway/pusher-server";
import type { ChannelForm } from "@realtime-gateway/routing";
import { type JournalEntry, tracedReceive } from "./journal-entry.ts";

/**
 * True while publications of the message may come.
 *
 * Concurrent invocations may publish equal payloads. A publication may then count for another message, and this message gets
 * the publication of the other one later.
 */
export function isAwaited(entry: JournalEntry): boolean {
  if (entry.isInRelay) return true;
  const receive = tracedReceive(entry);
  if (receive === undefined) return entry.invocationError === undefined;
  const seen = new Set(entry.publications.map(({ channel }) => channel));
  return (
    receive.outcome === "published" &&
    !entry.story.dryRun &&
    entry.reading.routes.some(({ channel }) => !seen.has(channel))
  );
}

/**
 * The message that this publication belongs to. Encrypted payloads differ from the message's, so that the oldest
 * message of the channel counts then: the relay keeps their order.
 */
export function ownerOf(
  { event, channel, data }: PublishedEvent,
  awaited: ReadonlySet<JournalEntry>,
): JournalEntry | undefined {
  let oldest: JournalEntry | undefined;
  for (const entry of awaited) {
    const { reading, publications, receives } = entry;
    const waits = reading.name === event && reading.routes.some((route) => route.channel === channel);
    // After a failure, the relay publishes on all channels again.
    const before = publications.filter((publication) => publication.channel === channel).length;
    if (!waits || before >= receives) continue;
    if (reading.published === data) return entry;
    oldest ??= entry;
  }
  return oldest;
}

/** The unfinished message that this publication belongs to: one that has none on this channel yet. Encrypted payloads differ. */
export const lateOwnerOf = (
  { event, channel, data }: PublishedEvent,
  unfinished: readonly JournalEntry[],
  form: ChannelForm,
): JournalEntry | undefined =>
  unfinished.find(
    ({ reading, publications }) =>
      reading.name === event &&
      (reading.published === data || form === "encrypted") &&
      reading.routes.some((route) => route.channel === channel) &&
      !publications.some((publication) => publication.channel === channel),
  );
