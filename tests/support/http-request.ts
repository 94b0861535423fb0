/** The part of an app that tests need: Hono's way in without a server. */
export interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

export const JSON_TYPE = "application/json";
export const FORM_TYPE = "application/x-www-form-urlencoded";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A POST of that text or bytes; `""` sends no content type. */
export async function post(
  app: App,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  contentType: string | undefined = JSON_TYPE,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const headers: Record<string, string> = contentType === "" ? { ...more } : { "content-type": contentType, ...more };
  return answerOf(await app.request(path, { method: "POST", headers, ...(body !== undefined && { body }) }));
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}
