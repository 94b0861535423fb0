/** The issuer or the platform answered something unusable. The message contains nothing of the answer. */
export class Unanswered extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "Unanswered";
  override readonly name = "Unanswered";
}

/** Error codes of Node and undici, such as `ECONNREFUSED` and `UND_ERR_SOCKET`. */
const CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** The code that `jose` gives to a timeout. Bundles shorten the names of its classes. */
const JWKS_TIMEOUT = "ERR_JWKS_TIMEOUT";

/** Explains in the log why a request got no answer. It never contains the answer's text or the address. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unanswered) return error.message;
  if (!(error instanceof Error)) return "unknown";
  const code = codeOf(error.cause) ?? codeOf(error);
  if (error.name === "TimeoutError" || code === JWKS_TIMEOUT) return "timeout";
  return code ?? error.name;
}

function codeOf(error: unknown): string | undefined {
  const { code }: { readonly code?: unknown } = Object(error);
  return typeof code === "string" && CODE.test(code) ? code : undefined;
}
