import type { ServerResponse } from "node:http";

/** An answer of the HTTP API: JSON on success and one line of text otherwise, as Pusher answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export function succeed(result: unknown = {}): ApiAnswer {
  return { status: 200, contentType: "application/json", body: JSON.stringify(result) };
}

export function reject(status: number, message: string): ApiAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body: `${message}\n` };
}

export function sendAnswer(response: ServerResponse, { status, contentType, body }: ApiAnswer): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/** A part of a request after its validation. */
export type ParsedBody<Value> = { readonly value: Value } | { readonly rejected: ApiAnswer };

export const bad = (message: string): { readonly rejected: ApiAnswer } => ({ rejected: reject(400, message) });
