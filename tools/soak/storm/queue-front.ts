import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { readDeadLetter, type SqsAttributes } from "@realtime-gateway/dead-letter";
import type { QueueFault, QueuePlan } from "../plan/queue-plan.ts";
import type { SoakRecorder } from "../recorder.ts";
import { type ConnectionWatch, type Front, IN_TIME_MS, startFront, watchConnections } from "./front.ts";

export interface QueueFrontDeps {
  /** The address of SQS. */
  readonly endpoint: string;
  readonly plan: QueuePlan;
  readonly recorder: SoakRecorder;
}

/** A request of SQS's JSON protocol. */
interface SqsRequest {
  readonly action: string;
  readonly target: string;
  readonly body: string;
}

interface SqsAnswer {
  readonly status: number;
  readonly body: string;
}

type Forward = (body: string) => Promise<SqsAnswer>;

const SQS_JSON = "application/x-amz-json-1.0";
const SERVER_ERROR: SqsAnswer = {
  status: 500,
  body: JSON.stringify({ __type: "com.amazonaws.sqs#InternalError", message: "planned" }),
};

/** Stands between SQS and its clients, and strikes with the plan's faults: producers, poller and relay all meet them. */
export function startQueueFront(deps: QueueFrontDeps): Promise<Front> {
  const watch = watchConnections();
  const server = createServer((request, response) => {
    handle(request, response, { ...deps, ...watch }).catch(() => response.destroy());
  });
  server.on("connection", watch.onConnection);
  return startFront(server);
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  deps: QueueFrontDeps & ConnectionWatch,
): Promise<void> {
  const startedAtMs = performance.now();
  const target = String(request.headers["x-amz-target"]);
  const sqs = { action: target.replace("AmazonSQS.", ""), target, body: await text(request) };
  const forward: Forward = async (body) => {
    const headers = { "x-amz-target": target, "content-type": SQS_JSON };
    const answer = await fetch(deps.endpoint, { method: "POST", headers, body });
    return { status: answer.status, body: await answer.text() };
  };
  const receive = sqs.action === "SendMessage" ? receiveOf(sqs.body) : undefined;
  if (receive !== undefined) {
    const { socket } = request;
    const doubt = (): void => deps.recorder.deadLetterFault(receive.messageId, receive.receiveCount);
    response.once("close", () => {
      if (!response.writableFinished || performance.now() - startedAtMs > IN_TIME_MS) doubt();
      deps.onAnswer(socket, doubt);
    });
  }
  const answer = await answerOf(sqs, forward, deps);
  if (answer === undefined) response.socket?.resetAndDestroy();
  else response.writeHead(answer.status, { "content-type": SQS_JSON }).end(answer.body);
}

/** `undefined`: no answer. */
async function answerOf(
  { action, body }: SqsRequest,
  forward: Forward,
  { plan, recorder }: QueueFrontDeps,
): Promise<SqsAnswer | undefined> {
  switch (action) {
    case "SendMessageBatch":
      return await strike(plan.send(), () => sendSome(body, forward, plan));
    case "ReceiveMessage":
      return await strike(plan.receive(), () => forward(body));
    case "DeleteMessageBatch":
      return await strike(plan.delete(), () => deleteSome(body, forward, plan));
    case "SendMessage":
      return await strike(deadLetterFault(body, plan, recorder), () => forward(body));
    default:
      return await forward(body);
  }
}

async function strike(fault: QueueFault | undefined, act: () => Promise<SqsAnswer>): Promise<SqsAnswer | undefined> {
  if (fault === "error") return SERVER_ERROR;
  const answer = await act();
  return fault === "lost" ? undefined : answer;
}

interface BatchEntry {
  readonly Id: string;
}

interface BatchRequest {
  readonly Entries: readonly BatchEntry[];
}

interface BatchAnswer {
  readonly Successful?: readonly BatchEntry[];
  readonly Failed?: readonly object[];
}

const failure = ({ Id }: BatchEntry) => ({ Id, Code: "InternalError", SenderFault: false });

/** The last messages may be reported as failed. */
async function sendSome(body: string, forward: Forward, plan: QueuePlan): Promise<SqsAnswer> {
  const request: BatchRequest = JSON.parse(body);
  const taken = plan.takes(request.Entries.length);
  const answer = await forwardSome(request, request.Entries.slice(0, taken), forward);
  const Failed = [...(answer.Failed ?? []), ...request.Entries.slice(taken).map(failure)];
  return { status: 200, body: JSON.stringify({ ...answer, Failed }) };
}

/** SQS takes no call without entries. */
const forwardSome = async (
  request: BatchRequest,
  Entries: BatchRequest["Entries"],
  forward: Forward,
): Promise<BatchAnswer> =>
  Entries.length === 0 ? {} : JSON.parse((await forward(JSON.stringify({ ...request, Entries }))).body);

/** Some messages are reported as failed, and some as deleted although the queue keeps them. */
async function deleteSome(body: string, forward: Forward, plan: QueuePlan): Promise<SqsAnswer> {
  const request: BatchRequest = JSON.parse(body);
  const failed = request.Entries.filter(() => plan.failsToDelete());
  const isTooLate = plan.deletesTooLate();
  const kept = request.Entries.filter((entry) => !failed.includes(entry) && (isTooLate || plan.keepsDeleted()));
  const entries = request.Entries.filter((entry) => !failed.includes(entry) && !kept.includes(entry));
  const answer = await forwardSome(request, entries, forward);
  return {
    status: 200,
    body: JSON.stringify({
      Successful: [...(answer.Successful ?? []), ...kept.map(({ Id }) => ({ Id }))],
      Failed: [...(answer.Failed ?? []), ...failed.map(failure)],
    }),
  };
}

/** The fault of a dead letter. The front already reports an answer that does not arrive. */
function deadLetterFault(body: string, plan: QueuePlan, recorder: SoakRecorder): QueueFault | undefined {
  const receive = receiveOf(body);
  if (receive === undefined) return undefined;
  const fault = plan.deadLetter(receive.messageId, receive.receiveCount);
  if (fault !== undefined) recorder.deadLetterFault(receive.messageId, receive.receiveCount);
  return fault;
}

/** The message and the receive that a dead letter names. Only the relay sends single messages: its dead letters. */
function receiveOf(body: string): { readonly messageId: string; readonly receiveCount: number } | undefined {
  const { MessageAttributes = {} }: { readonly MessageAttributes?: SqsAttributes } = JSON.parse(body);
  const { messageId, receiveCount } = readDeadLetter(MessageAttributes, { movedBySqs: false }).reason ?? {};
  return messageId === undefined || receiveCount === undefined ? undefined : { messageId, receiveCount };
}
