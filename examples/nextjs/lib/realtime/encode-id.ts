/** What Pusher lets stand in a channel's name, without `=`, which escapes. */
const ESCAPED = /[^A-Za-z0-9_\-@,.;]/gu;

/**
 * An id as the gateway writes it in a channel's name, `a:b` as `a=3Ab`, so that no two ids share a channel. Undefined for one
 * that is not well-formed: it has no channel, and encoders would write it like another.
 */
export function encodeId(id: string): string | undefined {
  return id.isWellFormed() ? id.replace(ESCAPED, escaped) : undefined;
}

const escaped = (character: string): string =>
  Array.from(
    new TextEncoder().encode(character),
    (byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
