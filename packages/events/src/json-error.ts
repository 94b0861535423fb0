/** One JSON token, or white space. */
const TOKEN =
  /[ \t\r\n]+|[{}[\]:,]|"(?:[\u0020-\u0021\u0023-\u005b\u005d-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const NOT_A_NUMBER = /-?(?:NaN|Infinity)/y;

/**
 * Why a text is not JSON: a position, and the likely cause. Never quotes the text, which is a payload.
 * The position is the UTF-16 offset that V8 reports, or the first character that begins no token.
 */
export function jsonErrorOf(text: string): string {
  if (text.trim() === "") return "it is empty";
  const at = positionIn(text);
  NOT_A_NUMBER.lastIndex = at;
  if (NOT_A_NUMBER.test(text)) return `NaN or Infinity at position ${at}: JSON has neither, write null`;
  if (at >= text.length) return `it ends at position ${at}, before its value is complete`;
  if (text.charAt(at) === "'") return `a single quote at position ${at}: JSON requires double quotes`;
  return `an error at position ${at}`;
}

/** V8 ends a message with the position. Other messages quote the text, which may contain the same words. */
const REPORTED_POSITION = / in JSON at position (\d+)(?: \(line \d+ column \d+\))?$/;

function positionIn(text: string): number {
  const reported = REPORTED_POSITION.exec(messageOf(text))?.[1];
  return reported === undefined ? firstBadToken(text) : Number(reported);
}

function messageOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
  }
  return "";
}

function firstBadToken(text: string): number {
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length && TOKEN.test(text)) at = TOKEN.lastIndex;
  return at;
}
