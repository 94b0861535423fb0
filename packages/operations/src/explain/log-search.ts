import { messageIdsIn, type RelayRecord, storiesOf } from "./add-record.ts";
import type { MessageStory } from "./story.ts";

/** Log lines in the order of their writing. `pattern` is a text that each line contains. */
export type SearchLog = (pattern: string) => Promise<readonly string[]>;

/** An event that was sent many times has many messages. The newest ones are explained. */
const MAX_MESSAGES = 10;

/**
 * The story of each message that the relay's log has under this id, which is the event's or the message's. Some log records
 * name the message only, so that the log is searched again for each message of an event.
 */
export async function findStories(id: string, search: SearchLog): Promise<readonly MessageStory[]> {
  const found = (await search(id)).flatMap(recordIn);
  const outcomes = found.filter(({ message, event_id: eventId }) => message === "message_outcome" && eventId === id);
  const messageIds = new Set(outcomes.flatMap(messageIdsIn));
  if (messageIds.size === 0) return storiesOf(found).filter(({ messageId }) => messageId === id);
  const newest = [...messageIds].slice(-MAX_MESSAGES);
  const lines = await Promise.all(newest.map(search));
  return newest.flatMap((messageId, index) =>
    storiesOf((lines[index] ?? []).flatMap(recordIn)).filter((story) => story.messageId === messageId),
  );
}

/** Lambda's JSON log format puts the logged object under `message`. */
function recordIn(line: string): readonly RelayRecord[] {
  try {
    const { message } = Object(JSON.parse(line));
    return typeof message === "object" && message !== null ? [{ ...message }] : [];
  } catch {
    // A crash writes plain text.
    return [];
  }
}
