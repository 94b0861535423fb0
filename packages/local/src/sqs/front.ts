import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { complaintAboutCaller } from "@realtime-gateway/loopback";
import { readLimitedBody } from "../loopback/limited-body.ts";
import type { ActionInput } from "./query/parameters.ts";
import { answerQuery, type JsonAnswer } from "./query/query.ts";
import { errorXml } from "./query/xml.ts";

const JSON_PROTOCOL = "application/x-amz-json-1.0";
const QUERY_PROTOCOL = "application/x-www-form-urlencoded";
/** A batch of 1 MiB, each byte written as three characters, and room for the other parameters. */
const MAX_FORM_BYTES = 4 * 1024 * 1024;
/** The emulator closes the connection of a larger request, so its client would see a reset instead of the reason. */
const MAX_JSON_BYTES = 11 * 1024 * 1024;

export interface FrontDeps {
  /** Serves a request of SQS's JSON protocol. */
  serveJson(request: IncomingMessage, response: ServerResponse): void;
  /** Performs an action with SQS's JSON protocol. */
  perform(action: string, input: ActionInput): Promise<JsonAnswer>;
  /** The text at `GET /`. */
  about(): string;
}

/**
 * Everything that arrives at the port of the queue. The emulator also contains SNS and S3, and answered 200 to requests that
 * were meant for the queue: a form-encoded message became an object of S3, and was lost. So only SQS gets through.
 */
export async function serveFront(request: IncomingMessage, response: ServerResponse, deps: FrontDeps): Promise<void> {
  const answer = (status: number, type: string, text: string, requestId?: string): void => {
    response.writeHead(status, {
      "content-type": type,
      "content-length": Buffer.byteLength(text),
      ...(requestId !== undefined && { "x-amzn-requestid": requestId }),
    });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  const refuse = (status: number, code: string, message: string): void => {
    const requestId = randomUUID();
    // A client that still writes when it gets the answer would see a reset instead.
    request.resume();
    answer(status, "text/xml", errorXml({ code, message, type: "Sender" }, requestId), requestId);
  };
  const complaint = complaintAboutCaller(request.headers);
  if (complaint !== undefined) return refuse(403, "AccessDenied", `Refused, because ${complaint}.`);
  const { path, query } = splitUrl(request.url ?? "/");
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && path === "/" && query === "") return answer(200, "text/plain; charset=utf-8", deps.about());
  if (isRead && path === "/health") return answer(200, "application/json", '{"status":"ok"}');
  const type = request.headers["content-type"]?.toLowerCase() ?? "";
  if (request.method !== "POST") return refuse(405, "InvalidAction", `${ONLY_SQS} Use POST.`);
  if (type.startsWith(JSON_PROTOCOL)) {
    if (Number(request.headers["content-length"] ?? 0) <= MAX_JSON_BYTES) return deps.serveJson(request, response);
    request.resume();
    return answer(413, JSON_PROTOCOL, TOO_LARGE_JSON, randomUUID());
  }
  if (!type.startsWith(QUERY_PROTOCOL)) return refuse(415, "InvalidAction", `${ONLY_SQS} ${HOW_TO_SEND}`);

  const form = await readLimitedBody(request, MAX_FORM_BYTES);
  if (form === undefined) return refuse(413, "RequestEntityTooLarge", `A form has at most ${MAX_FORM_BYTES} bytes.`);
  const parameters = new URLSearchParams(query === "" ? form.toString() : `${query}&${form.toString()}`);
  const requestId = randomUUID();
  const queueUrl = path === "/" ? undefined : `http://${request.headers.host}${path}`;
  const { status, xml } = await answerQuery(parameters, queueUrl, { perform: deps.perform, requestId });
  answer(status, "text/xml", xml, requestId);
}

const TOO_LARGE_JSON = JSON.stringify({
  __type: "com.amazonaws.sqs#RequestEntityTooLarge",
  message: `A request has at most ${MAX_JSON_BYTES} bytes, and a message at most 1 MiB.`,
});
const ONLY_SQS = "This port speaks SQS only: no S3, no SNS, and nothing was stored.";
const HOW_TO_SEND =
  "GET / on this port shows lines that send an event. Plain JSON goes to /_realtime/events on the HTTP port.";

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const [path = "/", query = ""] = url.split("?", 2);
  return { path, query };
}
