/** A string token, or white space between tokens. */
const STRING_OR_SPACE = /"(?:[^"\\]|\\.)*"|[ \t\r\n]+/g;

/**
 * The shortest spelling of JSON text with the same value: no white space between tokens, and no escape that UTF-8 can do
 * without. Numbers remain as written. Equal payloads, however spelled, get equal texts if their numbers are written alike.
 */
export const respell = (json: string): string =>
  json.replaceAll(STRING_OR_SPACE, (token) => (token.startsWith('"') ? respellString(token) : ""));

/** `JSON.stringify` escapes only what JSON and UTF-8 require: quotes, backslashes, control characters and lone surrogates. */
const respellString = (token: string): string => (token.includes("\\") ? JSON.stringify(JSON.parse(token)) : token);
