import { readFileSync } from "node:fs";
import { commentsIn, type Excerpt } from "./excerpts.ts";
import { projectFiles } from "./files.ts";
import { stringsIn, titlesIn } from "./literals.ts";
import { passagesIn } from "./passages.ts";
import type { Finding } from "./report.ts";
import { BANNED, OPENERS } from "./words.ts";

/** At most this share of comments may begin with a word that hides the subject. */
const MAX_OPENER_SHARE = 0.03;
/** A longer sentence needs a second reading. The style asks for 20 words; quoted names and units add a few. */
const MAX_SENTENCE_WORDS = 28;
/** A longer quotation is a sentence of our own in quotation marks. */
const MAX_QUOTED_WORDS = 12;

/** Text without code, addresses and quotations. */
export const plain = (text: string): string =>
  text
    .replaceAll(/(`+)(?:(?!\1)[\s\S])+\1/g, "`code`")
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/https?:\S+/g, "link")
    // Such as `message.code` in a query.
    .replaceAll(/\b\w+(?:\.\w+)+\b/g, "code")
    .replaceAll(/(?<![\w"])"([^"]*)"(?!\w)/g, (quotation, quoted: string) =>
      wordsOf(quoted).length > MAX_QUOTED_WORDS ? quotation : '"quote"',
    );

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => /\w/.test(word));

/** The banned words of an excerpt. */
export const bannedIn = ({ place, text }: Excerpt): readonly Finding[] =>
  BANNED.flatMap(({ pattern, instead }) =>
    [...plain(text).matchAll(pattern)].map(([word]) => ({ place, problem: `"${word}": say ${instead}` })),
  );

const longSentencesIn = ({ place, text }: Excerpt): readonly Finding[] =>
  plain(text)
    .split(/(?<=[.!?:;])["')*_]*\s+|\n{2,}|\s\|\s/)
    .map(wordsOf)
    .filter((sentence) => sentence.length > MAX_SENTENCE_WORDS)
    .map((sentence) => ({
      place,
      problem: `a sentence of ${sentence.length} words: "${sentence.slice(0, 6).join(" ")} …"`,
    }));

/** The banned words and the long sentences of an excerpt. */
export const findingsIn = (excerpt: Excerpt): readonly Finding[] => [...bannedIn(excerpt), ...longSentencesIn(excerpt)];

/**
 * Files whose texts appear in logs, errors and help. The texts of tests are data, and the local Pusher server answers with
 * Pusher's own words. The help of a command has columns, so its sentences have no length.
 */
const HAS_TEXTS = /^(?!tests\/|tools\/check\/words\.ts|packages\/pusher-server\/src\/(?!cli\/))/;

/** Reads the excerpts below the given paths, or of the whole project. */
function main(paths: readonly string[]): void {
  const isWanted = (path: string): boolean => paths.length === 0 || paths.some((wanted) => path.startsWith(wanted));
  const sources = projectFiles("*.ts", "*.tsx").filter(isWanted);
  const read = (path: string): string => readFileSync(path, "utf8");
  const comments = sources.flatMap((path) => commentsIn(path, read(path)));
  const titles = sources.filter((path) => path.endsWith(".test.ts")).flatMap((path) => titlesIn(path, read(path)));
  const pages = projectFiles("*.md")
    .filter(isWanted)
    .flatMap((path) => passagesIn(path, read(path)));
  const hidden = comments.filter(({ text }) => OPENERS.test(text));
  const strings = sources.filter((path) => HAS_TEXTS.test(path)).flatMap((path) => stringsIn(path, read(path)));
  const findings = [...[...comments, ...titles, ...pages].flatMap(findingsIn), ...strings.flatMap(bannedIn)];
  const tooMany = hidden.length > comments.length * MAX_OPENER_SHARE;
  for (const { place, problem } of findings) console.log(`${place}  ${problem}`);
  for (const { place, text } of tooMany || paths.length > 0 ? hidden : [])
    console.log(`${place}  begins with "${text.split(/\s/, 1)[0]}": begin with the subject`);
  const share = comments.length === 0 ? 0 : (100 * hidden.length) / comments.length;
  console.log(
    `prose: ${comments.length} comments (${share.toFixed(1)} % hide their subject), ${titles.length} titles, ` +
      `${strings.length} texts, ${pages.length} passages, ${findings.length} findings`,
  );
  process.exitCode = findings.length > 0 || tooMany ? 1 : 0;
}

if (import.meta.main) main(process.argv.slice(2));
