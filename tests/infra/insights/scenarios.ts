import { apiEvent } from "../../support/api-event.ts";
import { cloudEvent } from "../../support/envelopes.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

const BASE = "/api/realtime/pusher";
const JSON_BODY = { "content-type": "application/json" };
const PROGRESS = '{"audit_id":"42","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';

export const PUBLISHED_MESSAGE = "1f0c7c9e-6f0a-4b52-9b0e-2f7a3a0d7a41";
export const REJECTED_MESSAGE = "6a7e8feb-b491-4cf7-a9f1-bf3703467718";

/** Logical names of functions. */
export type ScenarioFunction = "Relay" | "Auth" | "TestEvent";

/** One invocation of a deployed function. */
export interface Scenario {
  readonly function: ScenarioFunction;
  /** Beside the function's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly event: object;
  /** The function throws. Only AWS's runtime client writes its line for that. */
  readonly throws?: boolean;
}

type Variables = Readonly<Record<string, string>>;

/** No queue listens here, so a dead letter cannot be written. */
const NO_QUEUE: Variables = {
  AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
  REALTIME_DLQ_URL: "http://127.0.0.1:1/123456789012/dlq",
  AWS_ACCESS_KEY_ID: "dummy",
  AWS_SECRET_ACCESS_KEY: "dummy",
};

const JWT_MODE: Variables = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: "0123456789abcdef0123456789abcdef",
  REALTIME_JWT_ISSUER: "https://issuer.example",
  REALTIME_JWT_AUDIENCE: "realtime",
};

/** Invocations whose log lines the queries must find. A Pusher answers each call with a status, if it has one. */
export async function scenariosFor(pusherWith: (status?: number) => Promise<Variables>): Promise<readonly Scenario[]> {
  const [healthy, down, closed] = [await pusherWith(), await pusherWith(503), await pusherWith(401)];
  const subscription = { socket_id: "1.2", channel_name: "private-nothing" };
  const message = sqsEvent({ m1: cloudEvent(PROGRESS) });
  const post = (path: string, body: object, headers: Variables = {}) =>
    apiEvent({ method: "POST", path: BASE + path, headers: { ...JSON_BODY, ...headers }, body: JSON.stringify(body) });
  return [
    {
      function: "Relay",
      env: { ...healthy, ...NO_QUEUE, REALTIME_LOG_EVENTS: "1" },
      event: sqsEvent({ [PUBLISHED_MESSAGE]: cloudEvent(PROGRESS), [REJECTED_MESSAGE]: "{" }),
    },
    { function: "Relay", env: down, event: message },
    { function: "Relay", env: closed, event: message },
    { function: "Relay", env: healthy, event: { detail: "no batch" }, throws: true },
    { function: "Auth", env: JWT_MODE, event: post("/auth", subscription, { authorization: "Bearer no-token" }) },
    { function: "Auth", env: {}, event: post("/auth", subscription) },
    { function: "TestEvent", env: down, event: post("/test", {}, { authorization: "Bearer dummy-token" }) },
  ];
}
