const EXCERPT_CHARACTERS = 200;
const SEPARATORS = /([\s"'<>()]+)/;
/**
 * Parts of a URL, also with escaped slashes: `//`, a path below a host or `/apps/`, a query, our signed parameters.
 * Pusher quotes a wrong signature alone, so long runs of hexadecimal digits count too.
 */
const URL_LIKE = /\/\/|\\\/|%2F|&#|\/apps\/|\w[.:]\w+\/|[?&]\w+=|auth_\w+(?:=|%3D)|[0-9a-f]{32}/i;

/**
 * Returns the first 200 characters of an error's body, for logs and terminals. A signed URL can be sent again for ten
 * minutes, and some servers quote it. So `…` replaces everything that looks like a URL. A body without words is empty.
 */
export function excerptOf(body: string): string {
  const text = body.replace(/\s+/g, " ").replace(/\p{C}/gu, "");
  if (!/[\p{L}\p{N}]/u.test(text)) return "";
  const safe = text.split(SEPARATORS).map((word) => (URL_LIKE.test(word) ? "…" : word));
  return [...safe.join("").trim()].slice(0, EXCERPT_CHARACTERS).join("");
}
