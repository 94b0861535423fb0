/** What the HTTP API answers: JSON on success, one line of text otherwise, as Pusher does. */
export interface ApiAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export function succeed(result: unknown = {}): ApiAnswer {
  return { status: 200, contentType: "application/json", body: JSON.stringify(result) };
}

export function refuse(status: number, message: string): ApiAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body: `${message}\n` };
}
