import type { ClientRequest, IncomingMessage } from "node:http";

/** Pusher's answer to a request, or the reason for its absence. `reason` has no path, because the path is signed. */
export type TransportResult =
  | {
      readonly answered: true;
      readonly status: number;
      readonly retryAfter: string | undefined;
      /** The start of the body, as Pusher sent it; it may quote the signed path. Empty for a 2xx. */
      readonly errorBody: string;
    }
  | { readonly answered: false; readonly reason: string };

export interface TransportAttempt {
  readonly result: TransportResult;
  /** Pusher had closed the idle connection, for example while Lambda froze the process. It never got this request. */
  readonly stale: boolean;
}

/** Node reports these codes for a kept-alive connection that the peer has closed. */
const CLOSED_BY_PEER = new Set(["ECONNRESET", "EPIPE"]);

/** Sends the body and reads the whole answer. A request that takes longer than `timeoutMs` loses its connection. */
export function send(request: ClientRequest, body: string, timeoutMs: number): Promise<TransportAttempt> {
  return new Promise((resolve) => {
    let timedOut = false;
    let answerBegan = false;
    const timer = setTimeout(() => {
      timedOut = true;
      request.destroy();
      settle({ answered: false, reason: "timeout" });
    }, timeoutMs);
    const settle = (result: TransportResult, stale = false): void => {
      clearTimeout(timer);
      resolve({ result, stale });
    };
    const fail = ({ code, name }: NodeJS.ErrnoException): void => {
      const reason = code ?? name;
      const stale = request.reusedSocket && !answerBegan && !timedOut && CLOSED_BY_PEER.has(reason);
      settle({ answered: false, reason }, stale);
    };
    request.on("error", fail);
    request.on("response", (response) => {
      answerBegan = true;
      response.on("error", fail);
      const { statusCode: status = 0, headers } = response;
      const errorBody = readErrorBody(response, status);
      response.on("end", () =>
        settle({ answered: true, status, retryAfter: headers["retry-after"], errorBody: errorBody() }),
      );
    });
    request.end(body);
  });
}

/** Enough for an excerpt, also if most of it is white space or a URL. */
const ERROR_BODY_CHARACTERS = 2_048;

/** Reads the whole body, so that the connection can be used again. It keeps the start of an error's body. */
function readErrorBody(response: IncomingMessage, status: number): () => string {
  let kept = "";
  if (status >= 200 && status < 300) response.resume();
  else
    response.setEncoding("utf8").on("data", (text: string) => {
      if (kept.length < ERROR_BODY_CHARACTERS) kept = (kept + text).slice(0, ERROR_BODY_CHARACTERS);
    });
  return () => kept;
}
