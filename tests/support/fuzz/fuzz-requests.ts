import { createHmac } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createDice, type Dice } from "../../../tools/soak/dice.ts";
import { apiEvent } from "../api-event.ts";
import { leastEnvironment } from "../environment.ts";
import { drawBody, type FuzzBody } from "./fuzz-bodies.ts";
import { drawToken, type TokenSource } from "./fuzz-tokens.ts";

export interface FuzzRequest {
  readonly event: APIGatewayProxyEventV2;
  /** The request's secrets. No answer and no log may contain them. */
  readonly credentials: readonly string[];
}

export const BASE = "/api/realtime/pusher";
export const TEST_TOKEN = "test-t0ken-test-t0ken-test-t0ken";
const ROUTES = ["/auth", "/auth", "/auth", "/user-auth", "/test", "/webhook", "/health"] as const;
const STRANGE_PATHS = [
  "",
  "/",
  "//",
  BASE,
  `${BASE}/`,
  `${BASE}/auth/`,
  `${BASE}//auth`,
  `${BASE}/AUTH`,
  `${BASE}/auth%2f`,
  `${BASE}/%61uth`,
  `${BASE}/auth%00`,
  `${BASE}/auth;x=1`,
  `${BASE}/../pusher/auth`,
  `${BASE}/__proto__`,
  `${BASE}/constructor`,
  `/%ff%fe`,
  `/${"x".repeat(8_000)}`,
  "/é日本",
  "/*",
  "?x",
  "#x",
] as const;
const METHODS = [
  "GET",
  "HEAD",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "CONNECT",
  "TRACE",
  "TRACK",
  "PROPFIND",
  "post",
  "X",
] as const;
const STRANGE_TYPES = [
  "",
  "text/plain",
  "application/json; charset=utf-8",
  "application/json;charset=utf-16",
  "APPLICATION/JSON",
  "application/json, application/json",
  "application/problem+json",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded; charset=latin1",
  ";",
  "x".repeat(5_000),
  "é",
] as const;
const STRANGE_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["content-encoding", "gzip"],
  ["content-encoding", "identity"],
  ["content-length", "0"],
  ["content-length", "999999999"],
  ["content-length", "-1"],
  ["transfer-encoding", "chunked"],
  ["origin", "https://app.example"],
  ["origin", "https://evil.example"],
  ["origin", "null"],
  ["access-control-request-method", "POST"],
  ["access-control-request-headers", "authorization,x-realtime-assertion"],
  ["host", ""],
  ["host", "a b"],
  ["host", "[::1"],
  ["x-forwarded-for", "x".repeat(8_000)],
  ["x-realtime-assertion", "a, b"],
  ["cookie", "__proto__=1"],
  ["expect", "100-continue"],
  ["x-http-method-override", "DELETE"],
  ["__proto__", "x"],
  ["constructor", "x"],
  ["x-latin", "\u00e9\u00ff"],
  ["x-wide", "日本語 👩‍👩‍👧"],
  ["x-empty", ""],
  ["x-tab", "\ta\t"],
];
const QUERIES = ["", "", "", "a=1", "%", "&&&=", "a[]=1&__proto__=2", "x".repeat(8_000), "?#", "é", "%ff"] as const;

/** The same request for the same seed and number. */
export function drawRequest(seed: number, number: number, source: TokenSource): FuzzRequest {
  const dice = createDice(seed + Math.imul(number, 0x9e3779b1));
  const path = dice.chance(0.93) ? BASE + dice.pick(ROUTES) : dice.pick(STRANGE_PATHS);
  const usual = path.endsWith("/health") ? "GET" : "POST";
  const method = dice.chance(0.9) ? usual : dice.pick(METHODS);
  const body = drawBody(dice, path.slice(BASE.length));
  const { headers, credentials } = drawHeaders(dice, path, body, source);
  const event = apiEvent({ method, path, headers });
  return { event: { ...event, ...drawEncoding(dice, body), rawQueryString: dice.pick(QUERIES) }, credentials };
}

function drawEncoding(dice: Dice, { bytes }: FuzzBody): Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded"> {
  const kind = dice.below(100);
  if (kind < 50) return { body: bytes.toString("base64"), isBase64Encoded: true };
  if (kind < 88) return { body: bytes.toString(), isBase64Encoded: false };
  if (kind < 92) return { body: bytes.toString(), isBase64Encoded: true };
  if (kind < 96) return { body: bytes.toString("base64"), isBase64Encoded: false };
  return kind < 98 ? { isBase64Encoded: true } : { isBase64Encoded: false };
}

function drawHeaders(dice: Dice, path: string, { bytes, type }: FuzzBody, source: TokenSource) {
  const headers: Record<string, string> = { "content-type": dice.chance(0.92) ? type : dice.pick(STRANGE_TYPES) };
  const credentials: string[] = [];
  const carry = (name: string, value: string, secret = value): void => {
    headers[name] = value;
    credentials.push(secret);
  };
  if (dice.chance(0.8)) {
    const token = dice.chance(path === `${BASE}/test` ? 0.7 : 0.05) ? TEST_TOKEN : drawToken(dice, "jwt", source);
    carry("authorization", `${dice.chance(0.97) ? "Bearer" : dice.pick(["Basic", "", "Bearer,"])} ${token}`, token);
  }
  if (dice.chance(0.7)) carry("x-realtime-assertion", drawToken(dice, "proxy", source));
  if (dice.chance(path === `${BASE}/webhook` ? 0.9 : 0.1)) {
    const { PUSHER_KEY, PUSHER_SECRET } = leastEnvironment;
    headers["x-pusher-key"] = dice.chance(0.95) ? PUSHER_KEY : dice.pick(["", "x", `${PUSHER_KEY},${PUSHER_KEY}`]);
    const signature = createHmac("sha256", PUSHER_SECRET).update(bytes).digest("hex");
    carry("x-pusher-signature", dice.chance(0.9) ? signature : dice.pick(["", "x", signature.toUpperCase()]));
  }
  for (let more = dice.below(3); more > 0; more -= 1) {
    const [name = "x", value = ""] = STRANGE_HEADERS[dice.below(STRANGE_HEADERS.length)] ?? [];
    headers[name] = value;
  }
  return { headers, credentials };
}
