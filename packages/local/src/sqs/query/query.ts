import { type ActionInput, InvalidParameterError, inputOf } from "./parameters.ts";
import { answerXml, errorXml, type QueryError } from "./xml.ts";

/** The actions of the emulator. */
const ACTIONS = new Set([
  "ChangeMessageVisibility",
  "ChangeMessageVisibilityBatch",
  "CreateQueue",
  "DeleteMessage",
  "DeleteMessageBatch",
  "DeleteQueue",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListQueues",
  "ListQueueTags",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
  "SendMessageBatch",
  "SetQueueAttributes",
  "TagQueue",
  "UntagQueue",
]);

export interface QueryAnswer {
  readonly status: number;
  readonly xml: string;
}

/** The answer of the emulator in the JSON protocol. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface QueryDeps {
  /** Performs an action with the JSON protocol. */
  perform(action: string, input: ActionInput): Promise<JsonAnswer>;
  readonly requestId: string;
}

/**
 * Answers a request of SQS's query protocol: form-encoded parameters, answered in XML. SDKs from before November 2023 and curl
 * use it. `queueUrl` is the URL of the request, for requests that name their queue by the path only.
 */
export async function answerQuery(
  parameters: URLSearchParams,
  queueUrl: string | undefined,
  { perform, requestId }: QueryDeps,
): Promise<QueryAnswer> {
  const fail = (status: number, error: QueryError): QueryAnswer => ({ status, xml: errorXml(error, requestId) });
  const action = parameters.get("Action");
  if (action === null) return fail(400, sender("MissingAction", NO_ACTION));
  if (!ACTIONS.has(action))
    return fail(400, sender("InvalidAction", `This port speaks SQS, and its local queue has no action ${action}.`));
  const input = readInput(parameters, queueUrl);
  if (typeof input === "string") return fail(400, sender("InvalidParameterValue", input));
  const { status, body } = await perform(action, input);
  return status === 200
    ? { status, xml: answerXml(action, Object(body), requestId) }
    : fail(status, errorOf(status, body));
}

const NO_ACTION =
  "The form has no Action. Send Action=SendMessage with MessageBody, or the event as JSON to /_realtime/events on the HTTP port.";

function readInput(parameters: URLSearchParams, queueUrl: string | undefined): ActionInput | string {
  try {
    return { ...(queueUrl !== undefined && { QueueUrl: queueUrl }), ...inputOf(parameters) };
  } catch (error) {
    if (error instanceof InvalidParameterError) return error.message;
    throw error;
  }
}

/** Names of errors that have another code in the query protocol (API model of SQS, 2012-11-05). All others keep their name. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
  BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
  EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
  InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
  MessageNotInflight: "AWS.SimpleQueueService.MessageNotInflight",
  PurgeQueueInProgress: "AWS.SimpleQueueService.PurgeQueueInProgress",
  QueueDeletedRecently: "AWS.SimpleQueueService.QueueDeletedRecently",
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
  UnsupportedOperation: "AWS.SimpleQueueService.UnsupportedOperation",
};

function errorOf(status: number, body: unknown): QueryError {
  const { __type: type, message } = Object(body);
  const name = String(type ?? "InternalError").replace(/^.*#/, "");
  const text = typeof message === "string" ? message : "The local queue failed.";
  return { code: QUERY_CODES[name] ?? name, message: text, type: status < 500 ? "Sender" : "Receiver" };
}

const sender = (code: string, message: string): QueryError => ({ code, message, type: "Sender" });
