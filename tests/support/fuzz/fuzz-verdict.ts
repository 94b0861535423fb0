import type { FuzzRequest } from "./fuzz-requests.ts";

export interface FuzzFault {
  readonly number: number;
  readonly why: string;
  /** The request and the answer, shortened. */
  readonly request: string;
  readonly answer: string;
}

/** Pusher's signatures are 64 hex digits. */
const SIGNATURE = /[0-9a-f]{64}/i;
const UNAVAILABLE = new Set(["ownership_unavailable", "jwks_unavailable", "pusher_unavailable", "queue_unavailable"]);
const MIN_TELLING_CHARACTERS = 12;

export interface FuzzAnswer {
  readonly status: number;
  readonly code: string | undefined;
}

/** Describes the fault of an answer, if it has one. */
export function faultOf(answer: unknown, request: FuzzRequest, secrets: readonly string[]): string | undefined {
  const { statusCode, headers, body, isBase64Encoded } = Object(answer);
  if (!Number.isInteger(statusCode) || typeof headers !== "object") return "the answer has no form of API Gateway's";
  if (isBase64Encoded || (body !== undefined && typeof body !== "string")) return "the body is not text";
  if (statusCode >= 200 && statusCode < 300) return undefined;
  const isHead = request.event.requestContext.http.method === "HEAD";
  if (isHead && !body) return undefined;
  const { status, code } = parsed(body);
  if (statusCode >= 500 && !(statusCode === 503 && UNAVAILABLE.has(String(code)))) return "an unexpected 5xx";
  if (statusCode < 400) return "neither a success nor a problem";
  if (headers["content-type"] !== "application/problem+json" || status !== statusCode) return "no problem details";
  if (typeof code !== "string" || !/^[a-z_]+$/.test(code)) return "no code";
  return leakOf(`${JSON.stringify(headers)}${body}`, request, secrets);
}

/** Describes the secret that a text leaks, if it leaks one. */
export function leakOf(text: string, { credentials }: Pick<FuzzRequest, "credentials">, secrets: readonly string[]) {
  if (SIGNATURE.test(text)) return "a signature leaks";
  if (secrets.some((secret) => text.includes(secret))) return "a secret leaks";
  const tellingParts = credentials.flatMap((credential) => credential.split("."));
  const leaks = tellingParts.some((part) => part.length >= MIN_TELLING_CHARACTERS && text.includes(part));
  return leaks ? "a credential leaks" : undefined;
}

export function readAnswer(answer: unknown): FuzzAnswer {
  const { statusCode, body } = Object(answer);
  const { code } = parsed(body);
  return { status: Number(statusCode), code: typeof code === "string" ? code : undefined };
}

function parsed(body: unknown): { readonly status?: unknown; readonly code?: unknown } {
  try {
    return Object(JSON.parse(String(body)));
  } catch {
    return {};
  }
}
