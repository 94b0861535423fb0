import { type Context, Hono } from "hono";

/** An app and a request to it. The request is built when it is sent, with the Fetch classes of that moment. */
export interface HonoFeature {
  readonly name: string;
  readonly app: () => Hono;
  /** Default: `GET /`. */
  readonly request?: FeatureRequest;
  /** Default: 200. */
  readonly status?: number;
}

type FeatureRequest = readonly [path: string, init?: () => RequestInit];

type Handler = (context: Context) => Response | Promise<Response>;

export const serving = (handler: Handler): Hono => new Hono().all("/", handler).all("/item/:id", handler);

export const post = (body: () => string | FormData, headers: Readonly<Record<string, string>> = {}): FeatureRequest => [
  "/",
  () => ({ method: "POST", body: body(), headers }),
];

export const multipart = (): FormData => {
  const form = new FormData();
  form.append("name", "été");
  form.append("tag[]", "a");
  form.append("tag[]", "b");
  form.append("file", new File(["content"], "a.txt", { type: "text/plain" }));
  return form;
};

export const JSON_TYPE = { "content-type": "application/json" };
export const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
