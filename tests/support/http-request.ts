/** Hono's entry without a server. */
export interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

export const JSON_TYPE = "application/json";
export const FORM_TYPE = "application/x-www-form-urlencoded";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Posts text or bytes. The content type `""` sends none. */
export async function post(
  app: App,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  contentType: string | undefined = JSON_TYPE,
  more: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const headers: Record<string, string> = contentType === "" ? { ...more } : { "content-type": contentType, ...more };
  return answerOf(await app.request(path, { method: "POST", headers, ...(body !== undefined && { body }) }));
}

export async function answerOf(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}
