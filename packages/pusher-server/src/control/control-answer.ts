import { type ServerResponse, STATUS_CODES } from "node:http";

/** An answer of the control API. A problem has the form of RFC 9457, with a stable `code`. */
export interface ControlAnswer {
  readonly status: number;
  readonly contentType: "application/json" | "application/problem+json";
  readonly body: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export const answerWith = (body: object, status = 200): ControlAnswer => ({
  status,
  contentType: "application/json",
  body,
});

export const NO_CONTENT: ControlAnswer = { status: 204, contentType: "application/json", body: undefined };

export type ControlProblemCode =
  | "not_local"
  | "not_found"
  | "method_not_allowed"
  | "body_too_large"
  | "invalid_request"
  | "event_not_seen";

export const problemWith = (
  status: number,
  code: ControlProblemCode,
  detail: string,
  more: object = {},
): ControlAnswer => ({
  status,
  contentType: "application/problem+json",
  body: { type: "about:blank", title: STATUS_CODES[status] ?? "", status, code, detail, ...more },
});

export function sendControlAnswer(response: ServerResponse, { status, contentType, body, headers }: ControlAnswer) {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body !== undefined && { "content-type": contentType, "content-length": Buffer.byteLength(text) }),
    "cache-control": "no-store",
    ...headers,
  });
  response.end(text);
}
