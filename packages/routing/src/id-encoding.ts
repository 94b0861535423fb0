/**
 * Ids inside channel names. Characters of Pusher's grammar are copied. Every other UTF-8 byte, and `=` itself, becomes `=`
 * and two upper-case hex digits. The encoding is injective and reversible, so two ids never share a channel.
 */

/** Pusher's channel grammar (`A-Z a-z 0-9 _ - = @ , . ;`) without `=`, which escapes. */
const PLAIN = /^[A-Za-z0-9_\-@,.;]*$/;
const ENCODED = /^(?:[A-Za-z0-9_\-@,.;]|=[0-9A-F]{2})*$/;

const utf8 = /* @__PURE__ */ new TextEncoder();
const strictUtf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `a:b` → `a=3Ab`. The id must be well-formed UTF-16: a lone surrogate has no UTF-8 form. */
export const encodeId = (id: string): string =>
  id.replace(/[^A-Za-z0-9_\-@,.;]/gu, (character) => Array.from(utf8.encode(character), escapeOf).join(""));

const escapeOf = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;

/** `a=3Ab` → `a:b`; `undefined` for what `encodeId` writes for no id (a lone `=`, a lower-case or needless escape). */
export function decodeId(encoded: string): string | undefined {
  if (PLAIN.test(encoded)) return encoded;
  if (!ENCODED.test(encoded)) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < encoded.length; at += 1) {
    const escaped = encoded.charAt(at) === "=";
    bytes.push(escaped ? Number.parseInt(encoded.slice(at + 1, at + 3), 16) : encoded.charCodeAt(at));
    if (escaped) at += 2;
  }
  const id = decodeUtf8(Uint8Array.from(bytes));
  return id !== undefined && encodeId(id) === encoded ? id : undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}
