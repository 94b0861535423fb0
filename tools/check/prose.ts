import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { commentsIn, type Passage, passagesIn, titlesIn } from "./passages.ts";
import { BANNED, OPENERS } from "./words.ts";

/** At most this share of comments may begin with a word that hides the subject. */
const MAX_OPENER_SHARE = 0.03;
/** A longer sentence needs a second reading. The style asks for 20 words; quoted names and units add a few. */
const MAX_SENTENCE_WORDS = 28;

interface Finding {
  readonly place: string;
  readonly problem: string;
}

/** Text without what it quotes: code, links, quoted words. */
const plain = (text: string): string =>
  text
    .replaceAll(/`[^`]*`/g, "`code`")
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/https?:\S+/g, "link")
    .replaceAll(/"[^"]*"/g, '"quote"');

export function findingsIn(passage: Passage): readonly Finding[] {
  const { place, text } = passage;
  const words = BANNED.flatMap(({ pattern, instead }) =>
    [...plain(text).matchAll(pattern)].map(([word]) => ({ place, problem: `"${word}": say ${instead}` })),
  );
  const long = plain(text)
    .split(/(?<=[.!?:;])\s+|\n{2,}|\s\|\s/)
    .map((sentence) => sentence.split(/\s+/).filter((word) => /\w/.test(word)))
    .filter((sentence) => sentence.length > MAX_SENTENCE_WORDS)
    .map((sentence) => ({
      place,
      problem: `a sentence of ${sentence.length} words: "${sentence.slice(0, 6).join(" ")} …"`,
    }));
  return [...words, ...long];
}

function filesOf(...patterns: readonly string[]): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...patterns], {
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => path !== "" && !path.endsWith("benchmarks.md"));
}

/** The passages below the given paths, or of the whole project. */
function main(paths: readonly string[]): void {
  const isWanted = (path: string): boolean => paths.length === 0 || paths.some((wanted) => path.startsWith(wanted));
  const sources = filesOf("*.ts", "*.tsx").filter(isWanted);
  const read = (path: string): string => readFileSync(path, "utf8");
  const comments = sources.flatMap((path) => commentsIn(path, read(path)));
  const titles = sources.filter((path) => path.endsWith(".test.ts")).flatMap((path) => titlesIn(path, read(path)));
  const pages = filesOf("*.md")
    .filter(isWanted)
    .flatMap((path) => passagesIn(path, read(path)));
  const hidden = comments.filter(({ text }) => OPENERS.test(text));
  const findings = [...comments, ...titles, ...pages].flatMap(findingsIn);
  const tooMany = hidden.length > comments.length * MAX_OPENER_SHARE;
  for (const { place, problem } of findings) console.log(`${place}  ${problem}`);
  for (const { place, text } of tooMany || paths.length > 0 ? hidden : [])
    console.log(`${place}  begins with "${text.split(/\s/, 1)[0]}": begin with the subject`);
  const share = comments.length === 0 ? 0 : (100 * hidden.length) / comments.length;
  console.log(
    `prose: ${comments.length} comments (${share.toFixed(1)} % hide their subject), ${titles.length} titles, ${pages.length} passages, ${findings.length} findings`,
  );
  process.exitCode = findings.length > 0 || tooMany ? 1 : 0;
}

if (import.meta.main) main(process.argv.slice(2));
