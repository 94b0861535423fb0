/** The parts of a request that the apps read, from any front. */
export interface RequestParts {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** `Request` requires an origin. The apps never read it. */
const ORIGIN = "https://gateway.invalid";

/** Fetch forbids requests with these methods. To the apps they are methods that are not allowed. */
const FORBIDDEN_METHODS = new Set(["CONNECT", "TRACE", "TRACK"]);
const NOT_ALLOWED = "UNSUPPORTED";
/** RFC 9110, section 5.6.2: the grammar of the names of methods and headers. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** RFC 9110, section 5.5: white space and single bytes. */
const FIELD_VALUE = /^[\t\x20-\xff]*$/;

/**
 * Builds a request, even from parts that Fetch rejects, so that the app answers every event.
 * GET and HEAD lose their body, which has no meaning (RFC 9110). Methods and headers that Fetch rejects are replaced or dropped.
 */
export function requestFrom({ method: sent, path, headers, body, isBase64Encoded }: RequestParts): Request {
  const method = TOKEN.test(sent) && !FORBIDDEN_METHODS.has(sent.toUpperCase()) ? sent : NOT_ALLOWED;
  const bodiless = method === "GET" || method === "HEAD" || !body;
  // A text is not encoded here, because `Request` would copy the bytes.
  const content = bodiless ? null : isBase64Encoded ? Buffer.from(body, "base64") : body;
  const url = ORIGIN + (path.startsWith("/") ? path : "/");
  try {
    return new Request(url, { method, headers, body: content });
  } catch {
    return new Request(url, { method, headers: Object.entries(headers).filter(isValidHeader), body: content });
  }
}

const isValidHeader = ([name, value]: readonly [string, string]): boolean =>
  TOKEN.test(name) && FIELD_VALUE.test(value);
