/** Control, bidirectional and other invisible characters: written to a terminal as they are, they could forge what it shows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** One line. */
export const printable = (text: string): string => text.replaceAll(INVISIBLE, escaped);

/** Lines stay lines. */
export const printableLines = (text: string): string =>
  text.replaceAll(INVISIBLE, (character) => (/[\n\t]/.test(character) ? character : escaped(character)));
