/** Every character outside Pusher's grammar for channel names, and `=`, which begins an escape. */
const ESCAPED = /[^A-Za-z0-9_\-@,.;]/gu;

/**
 * Writes an id as in the gateway's channel names, such as `a:b` as `a=3Ab`, so that no two ids share a channel.
 * Returns `undefined` for ill-formed Unicode: such an id has no channel, and encoders write it like another id.
 */
export function encodeId(id: string): string | undefined {
  return id.isWellFormed() ? id.replace(ESCAPED, escaped) : undefined;
}

const escaped = (character: string): string =>
  Array.from(
    new TextEncoder().encode(character),
    (byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
