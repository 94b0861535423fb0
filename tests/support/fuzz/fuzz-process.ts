/**
 * Sends random requests to the built HTTP functions, in this process and its environment, and reports to its parent.
 * `node --expose-gc fuzz-process.ts <options as JSON>`
 */
import { once } from "node:events";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/manifest";
import { createKeyPair, hmac, JWT_SECRET } from "../tokens.ts";
import { BASE, drawRequest, type FuzzRequest } from "./fuzz-requests.ts";
import { type FuzzFault, faultOf, leakOf, readAnswer } from "./fuzz-verdict.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  /** A URL that no function may ever call. */
  readonly attackerUrl: string;
  readonly signedWith: "secret" | "key pair";
  readonly secrets: readonly string[];
}

export interface FuzzReport {
  readonly faults: readonly FuzzFault[];
  /** Counts by route, status and code. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Measured at intervals, after a garbage collection. */
  readonly heapBytes: readonly number[];
  /** The CPU time of the costliest requests in a row, MEASURED_TOGETHER of them. */
  readonly costliestMs: number;
  readonly logLines: number;
}

/** First the issuer's public key, which the parent acknowledges, then the report. */
export type FuzzMessage = { readonly jwk: Readonly<Record<string, unknown>> } | { readonly report: FuzzReport };

const MAX_FAULTS = 5;
const SAMPLES = 10;
const MAX_SHOWN = 600;
/** Reading the CPU time takes as long as a tenth of a request. */
const MEASURED_TOGETHER = 50;

const options: FuzzOptions = JSON.parse(process.argv[2] ?? "");
const keys = createKeyPair("ES256", "key-1");
const source = {
  issuer: options.signedWith === "secret" ? hmac(JWT_SECRET) : keys.signer,
  attackerUrl: options.attackerUrl,
};

const faults: FuzzFault[] = [];
const outcomes = new Map<string, number>();
const heapBytes: number[] = [];
let costliestMs = 0;
let logLines = 0;
let current: FuzzRequest & { readonly number: number } = { ...drawRequest(options.seed, 0, source), number: 0 };

function fault(why: string, answer: unknown): void {
  if (faults.length >= MAX_FAULTS) return;
  const { number, event } = current;
  const shortened = (value: unknown): string => JSON.stringify(value ?? null).slice(0, MAX_SHOWN);
  const { rawPath, headers, isBase64Encoded, requestContext, body = "" } = event;
  const request = `${requestContext.http.method} ${rawPath} ${shortened(headers)} base64: ${isBase64Encoded}`;
  faults.push({ number, why, request: `${request} body: ${shortened(body)}`, answer: shortened(answer) });
}

/** Keeps all output, including Node's own warnings. */
function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.write = (chunk: string | Uint8Array) => {
      logLines += 1;
      const leak = leakOf(String(chunk), current, options.secrets);
      if (leak !== undefined) fault(`in the log, ${leak}`, String(chunk));
      return true;
    };
}

const tell = (message: FuzzMessage): boolean | undefined => process.send?.(message);
tell({ jwk: keys.jwk });
await once(process, "message");

type Handler = (event: unknown, context: unknown) => Promise<unknown>;
const names = FUNCTION_NAMES.filter((name) => name !== "relay");
const handlers = new Map<FunctionName, Handler>();
for (const name of names) handlers.set(name, (await import(bundlePath(name))).handler);
const functionOf = (path: string, number: number): FunctionName => {
  if (path === `${BASE}/test`) return "test-event";
  if (path === `${BASE}/webhook`) return "webhook";
  return path.startsWith(`${BASE}/`) ? "auth" : (names[number % names.length] ?? "auth");
};

async function send(number: number): Promise<void> {
  current = { ...drawRequest(options.seed, number, source), number };
  const { rawPath } = current.event;
  const event: unknown = JSON.parse(JSON.stringify(current.event));
  try {
    const answer = await handlers.get(functionOf(rawPath, number))?.(event, { awsRequestId: `request-${number}` });
    const why = faultOf(answer, current, options.secrets);
    if (why !== undefined) fault(why, answer);
    const { status, code = "" } = readAnswer(answer);
    const outcome = `${rawPath.startsWith(`${BASE}/`) ? rawPath.slice(BASE.length, BASE.length + 12) : "elsewhere"} ${status} ${code}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  } catch (error) {
    fault(`thrown: ${error instanceof Error ? error.stack : String(error)}`, undefined);
  }
}

let measuredAt = process.cpuUsage();
function measure(): void {
  const { user, system } = process.cpuUsage(measuredAt);
  costliestMs = Math.max(costliestMs, (user + system) / 1_000);
  measuredAt = process.cpuUsage();
}

watchOutput();
process.on("unhandledRejection", (error) => fault(`not handled: ${String(error)}`, undefined));
const sampleEvery = Math.ceil(options.requests / SAMPLES);
for (let number = 1; number <= options.requests; number += 1) {
  await send(number);
  if (number % MEASURED_TOGETHER === 0) measure();
  if (number % sampleEvery !== 0) continue;
  globalThis.gc?.();
  heapBytes.push(process.memoryUsage().heapUsed + process.memoryUsage().external);
}
const report: FuzzReport = {
  faults,
  outcomes: Object.fromEntries([...outcomes].sort()),
  heapBytes,
  costliestMs,
  logLines,
};
tell({ report });
process.disconnect();
