/** Control, bidirectional and other invisible characters. In a terminal they could forge text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** The text as one line, invisible characters escaped. */
export const printable = (text: string): string => text.replaceAll(INVISIBLE, escaped);

/** The same, with line breaks and tabs left as they are. */
export const printableLines = (text: string): string =>
  text.replaceAll(INVISIBLE, (character) => (/[\n\t]/.test(character) ? character : escaped(character)));
