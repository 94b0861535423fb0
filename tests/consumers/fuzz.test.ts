import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { leastEnvironment } from "../support/environment.ts";
import type { FuzzMessage, FuzzOptions, FuzzReport } from "../support/fuzz/fuzz-process.ts";
import { TEST_TOKEN } from "../support/fuzz/fuzz-requests.ts";
import { jwtEnvironment } from "../support/key-sources.ts";
import { formEnvironment } from "../support/matrix-channels.ts";
import { answers, startNeighbour } from "../support/neighbour.ts";
import { JWT_SECRET, PROXY_SECRET } from "../support/tokens.ts";

/** For each of the four settings, over 100,000 in all. */
const REQUESTS = 26_000;
const TIMEOUT_MS = 900_000;
const MAX_HEAP_GROWTH_BYTES = 16 * 1024 * 1024;
/** CPU time of a few requests in a row. A busy machine does not change it. */
const MAX_CPU_MS = 3_000;

const PROCESS = fileURLToPath(new URL("../support/fuzz/fuzz-process.ts", import.meta.url));
const OWNERSHIP_SECRET = "own3rship-s3cr3t";
const QUEUE_SECRET = "queue-s3cr3t-queue-s3cr3t-queue";
const SECRETS = [
  leastEnvironment.PUSHER_SECRET,
  JWT_SECRET,
  PROXY_SECRET,
  OWNERSHIP_SECRET,
  QUEUE_SECRET,
  TEST_TOKEN,
  ...Object.values(formEnvironment("encrypted")),
];

interface Setting {
  readonly name: string;
  readonly signedWith: FuzzOptions["signedWith"];
  envOf(neighbour: string): Readonly<Record<string, string>>;
  /** A run that did not reach these answers proves little. */
  readonly reached: readonly string[];
}

const EVERYWHERE = ["/health 200 ", "/webhook 200 ", "/test 200 ", "elsewhere 404 not_found"];

const SETTINGS: readonly Setting[] = [
  {
    name: "open mode, open to any origin, a queue for webhooks that is seldom well",
    signedWith: "secret",
    envOf: (neighbour) => ({
      PUSHER_DRY_RUN: "1",
      REALTIME_ALLOWED_ORIGINS: "*",
      REALTIME_WEBHOOK_QUEUE_URL: `${neighbour}/000000000000/webhooks`,
      AWS_REGION: "eu-west-3",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: QUEUE_SECRET,
    }),
    reached: [...EVERYWHERE, "/auth 200 ", "/user-auth 403 users_unknown", "/webhook 503 queue_unavailable"],
  },
  {
    name: "jwt mode with a secret and ownership, Pusher out of reach",
    signedWith: "secret",
    envOf: (neighbour) => ({
      ...jwtEnvironment,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: "1",
      PUSHER_SCHEME: "http",
      REALTIME_JWT_SECRET: JWT_SECRET,
      REALTIME_OWNERSHIP_URL: `${neighbour}/owners`,
      REALTIME_OWNERSHIP_SECRET: OWNERSHIP_SECRET,
      REALTIME_OWNERSHIP_CACHE_SECONDS: "0",
      REALTIME_ALLOWED_ORIGINS: "https://app.example",
      REALTIME_TEST_TOKEN: TEST_TOKEN,
    }),
    reached: [
      ...EVERYWHERE.filter((outcome) => outcome !== "/test 200 "),
      "/auth 200 ",
      "/auth 403 not_owner",
      "/auth 503 ownership_unavailable",
      "/user-auth 200 ",
      "/test 503 pusher_unavailable",
    ],
  },
  {
    name: "jwt mode with a JWKS, encrypted channels",
    signedWith: "key pair",
    envOf: (neighbour) => ({
      ...jwtEnvironment,
      ...formEnvironment("encrypted"),
      PUSHER_DRY_RUN: "1",
      REALTIME_JWT_JWKS_URL: `${neighbour}${JWKS}`,
    }),
    reached: [...EVERYWHERE, "/auth 200 ", "/auth 403 not_granted", "/user-auth 200 "],
  },
  {
    name: "proxy mode, public channels",
    signedWith: "secret",
    envOf: () => ({
      ...formEnvironment("public"),
      PUSHER_DRY_RUN: "1",
      REALTIME_AUTH_MODE: "proxy",
      REALTIME_PROXY_SECRET: PROXY_SECRET,
    }),
    reached: [...EVERYWHERE, "/auth 403 assertion_mismatch", "/user-auth 200 "],
  },
];

const JWKS = "/jwks";
const ATTACKER = "/attacker";
const OWNER_ANSWERS = [204, 403, 404, 500, 200, 302] as const;
/** Answers of SQS and broken answers. None of them makes the SDK retry, which takes time. */
const QUEUE_ANSWERS = [
  answers(200, { Successful: [], Failed: [] }),
  answers(200, { Successful: [], Failed: [{ Id: "0", Code: "InternalError", SenderFault: false }] }),
  answers(403, { __type: "com.amazonaws.sqs#AccessDenied", message: "No" }),
  answers(200, "<html>"),
];

/** The issuer, the platform, the queue, and an attacker's server. */
async function startNeighbours() {
  let jwk: unknown;
  const neighbour = await startNeighbour("", (response, request) => {
    if (request.path === JWKS) return answers(200, { keys: [jwk] })(response, request);
    if (request.headers["x-amz-target"] === "AmazonSQS.SendMessageBatch")
      return QUEUE_ANSWERS[neighbour.requests.length % QUEUE_ANSWERS.length]?.(response, request);
    return answers(OWNER_ANSWERS[neighbour.requests.length % OWNER_ANSWERS.length] ?? 204)(response, request);
  });
  const publish = (key: unknown): void => {
    jwk = key;
  };
  const attackerCalls = (): number => neighbour.requests.filter(({ path }) => path === ATTACKER).length;
  return { ...neighbour, publish, attackerCalls };
}

async function fuzz({ envOf, signedWith }: Setting, seed: number, onEnd: (end: () => void) => void) {
  const neighbours = await startNeighbours();
  const attackerUrl = neighbours.url + ATTACKER;
  const options: FuzzOptions = { seed, requests: REQUESTS, attackerUrl, signedWith, secrets: SECRETS };
  const child = spawn(process.execPath, ["--expose-gc", PROCESS, JSON.stringify(options)], {
    env: { ...leastEnvironment, ...envOf(neighbours.url) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onEnd(() => void child.kill("SIGKILL"));
  let report: FuzzReport | undefined;
  child.on("message", (message: FuzzMessage) => {
    if ("report" in message) report = message.report;
    else {
      neighbours.publish(message.jwk);
      child.send("go");
    }
  });
  const [exitCode] = await once(child, "exit");
  await neighbours.goDown();
  if (report === undefined) throw new Error(`the process ended with ${exitCode}, of seed ${seed}`);
  return { ...report, attackerCalls: neighbours.attackerCalls() };
}

it.concurrent.for(SETTINGS)("holds in $name", { timeout: TIMEOUT_MS }, async (setting, { onTestFinished }) => {
  const seed = randomInt(2 ** 31);
  const report = await fuzz(setting, seed, onTestFinished);
  expect({ seed, faults: report.faults }).toEqual({ seed, faults: [] });
  expect({ seed, attackerCalls: report.attackerCalls }).toEqual({ seed, attackerCalls: 0 });
  expect(Object.keys(report.outcomes)).toEqual(expect.arrayContaining([...setting.reached]));
  const [, warm = 0, ...later] = report.heapBytes;
  expect(Math.max(...later) - warm).toBeLessThan(MAX_HEAP_GROWTH_BYTES);
  expect(report.costliestMs).toBeLessThan(MAX_CPU_MS);
});
