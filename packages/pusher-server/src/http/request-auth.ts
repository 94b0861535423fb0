import { TIMESTAMP_TOLERANCE_SECONDS } from "../limits.ts";
import { type AppCredentials, equalInConstantTime, hmacSha256Hex, md5Hex } from "../signature.ts";
import { type ApiRequest, parameter, type QueryParameter, unescapePercent } from "./api-request.ts";

/** The reason for a 401, or undefined for an authentic request. */
export function complaintAboutAuth(
  credentials: AppCredentials,
  request: ApiRequest,
  nowMs: number,
): string | undefined {
  const key = parameter(request, "auth_key");
  if (key === undefined || key === "") return "auth_key is missing";
  if (!equalInConstantTime(key, credentials.key)) return "Unknown auth_key";
  if (parameter(request, "auth_version") !== "1.0") return "Version not supported";
  return (
    complaintAboutTime(parameter(request, "auth_timestamp"), nowMs) ??
    complaintAboutBody(request) ??
    complaintAboutSignature(credentials, request)
  );
}

function complaintAboutTime(timestamp: string | undefined, nowMs: number): string | undefined {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return "Timestamp required";
  const seconds = Number(timestamp);
  if (Math.abs(Math.floor(nowMs / 1_000) - seconds) <= TIMESTAMP_TOLERANCE_SECONDS) return undefined;
  const [given, server] = [seconds * 1_000, nowMs].map(isoSeconds);
  return `Timestamp expired: Given timestamp (${given}) not within ${TIMESTAMP_TOLERANCE_SECONDS}s of server time (${server})`;
}

function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

function complaintAboutBody(request: ApiRequest): string | undefined {
  const claimed = parameter(request, "body_md5");
  if (claimed === undefined) return request.body.length === 0 ? undefined : "body_md5 is missing";
  return equalInConstantTime(claimed.toLowerCase(), md5Hex(request.body))
    ? undefined
    : "body_md5 does not match the body";
}

function complaintAboutSignature(credentials: AppCredentials, request: ApiRequest): string | undefined {
  const signature = parameter(request, "auth_signature") ?? "";
  const texts = signedTexts(request);
  const valid = texts.some((text) => equalInConstantTime(signature, hmacSha256Hex(credentials.secret, text)));
  if (valid) return undefined;
  return `Invalid signature: you should have sent HmacSHA256Hex(${JSON.stringify(texts[0])}, your_secret_key), but you sent ${JSON.stringify(signature)}`;
}

/**
 * Every text that a client may have signed. Pusher documents the unescaped form. Some clients sign the escaped path or
 * escaped values; each spelling means the same request.
 */
function signedTexts({ method, rawPath, query }: ApiRequest): readonly string[] {
  const signed = query.filter(({ name }) => name.toLowerCase() !== "auth_signature");
  const spellings: readonly ((entry: QueryParameter) => string)[] = [
    ({ value }) => value,
    ({ rawValue }) => unescapePercent(rawValue.replaceAll("+", " ")),
    ({ rawValue }) => rawValue,
  ];
  const texts = spellings.flatMap((spell) => {
    const parameters = signed
      .map((entry) => ({ name: entry.name.toLowerCase(), value: spell(entry) }))
      .sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)))
      .map(({ name, value }) => `${name}=${value}`)
      .join("&");
    return [rawPath, unescapePercent(rawPath)].map((path) => `${method}\n${path}\n${parameters}`);
  });
  return [...new Set(texts)];
}
