const NOT_A_NUMBER = /-?(?:NaN|Infinity)/y;

/**
 * Why a text is not JSON: the position, in UTF-16 code units, and the likely cause. Never quotes the text, which is a payload.
 */
export function jsonErrorOf(text: string): string {
  if (text.trim() === "") return "it is empty";
  const message = messageOf(text);
  const at = positionOf(message, text);
  NOT_A_NUMBER.lastIndex = at;
  if (NOT_A_NUMBER.test(text)) return `NaN or Infinity at position ${at}: JSON has neither, write null`;
  if (at >= text.length) return `it ends at position ${at}, before its value is complete`;
  if (text.charAt(at) === "'") return `a single quote at position ${at}: JSON requires double quotes`;
  return MORE_TEXT.test(message) ? `more text after its value, at position ${at}` : `an error at position ${at}`;
}

/** V8 ends a message with the position. Other messages quote the text, which may contain the same words. */
const REPORTED_POSITION = / JSON at position (\d+)(?: \(line \d+ column \d+\))?$/;
const MORE_TEXT = /^Unexpected non-whitespace character after JSON /;
const UNEXPECTED_TOKEN = /^Unexpected token /;

function positionOf(message: string, text: string): number {
  const reported = REPORTED_POSITION.exec(message)?.[1];
  if (reported !== undefined) return Number(reported);
  return UNEXPECTED_TOKEN.test(message) ? unexpectedToken(text) : text.length;
}

/** V8 does not report this position. It is the end of the longest part that only lacks its rest, found by bisection. */
function unexpectedToken(text: string): number {
  let [whole, broken] = [0, text.length];
  while (broken - whole > 1) {
    const middle = (whole + broken) >>> 1;
    if (UNEXPECTED_TOKEN.test(messageOf(text.slice(0, middle)))) broken = middle;
    else whole = middle;
  }
  return whole;
}

function messageOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
  }
  return "";
}
