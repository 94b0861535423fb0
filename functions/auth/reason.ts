/** Something was answered that is no answer. The reason is in our own words. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** Codes of Node's and of undici's: `ECONNREFUSED`, `UND_ERR_SOCKET`. */
const CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** Why a neighbour gave no answer, for the log: never its own words, nor its address. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unanswered) return error.message;
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError" || error.name === "JWKSTimeout") return "timeout";
  const code = codeOf(error.cause) ?? codeOf(error);
  return code ?? error.name;
}

function codeOf(error: unknown): string | undefined {
  const { code }: { readonly code?: unknown } = Object(error);
  return typeof code === "string" && CODE.test(code) ? code : undefined;
}
