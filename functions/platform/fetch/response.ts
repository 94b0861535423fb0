import { Headers } from "./headers.ts";
import { type Content, contentOf, FetchMessage } from "./message.ts";
import { NODE_OBJECT, nodeClasses, standInFor } from "./node-classes.ts";

type NodeResponse = globalThis.Response;

interface ResponseInit {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: unknown;
}

/** Fetch: responses with these statuses have no body. */
const NULL_BODY_STATUSES = new Set([204, 205, 304]);
/** RFC 9112, section 4: what a reason phrase may hold. */
const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Fetch's `Response` in plain JavaScript, where its arguments are usual. */
export class Response extends FetchMessage<NodeResponse> {
  readonly #status: number = 0;
  readonly #statusText: string = "";

  constructor(body?: unknown, init?: ResponseInit | null) {
    const light = lightOf(body, init ?? {});
    super(light, light ? undefined : Reflect.construct(nodeClasses().Response, [body, init]));
    if (light === undefined) return;
    this.#status = light.status;
    this.#statusText = light.statusText;
  }

  protected override build({
    content,
    headers,
  }: {
    content: Uint8Array<ArrayBuffer> | null;
    headers: Headers;
  }): NodeResponse {
    const init = { status: this.#status, statusText: this.#statusText, headers: headers[NODE_OBJECT]() };
    return new (nodeClasses().Response)(content, init);
  }

  get status(): number {
    return this.#status === 0 ? this[NODE_OBJECT]().status : this.#status;
  }

  get statusText(): string {
    return this.#status === 0 ? this[NODE_OBJECT]().statusText : this.#statusText;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
}

/** `undefined` where Node's class has to judge the arguments. */
function lightOf(body: unknown, init: ResponseInit) {
  if (typeof init !== "object") return undefined;
  const { status = 200, statusText = "" } = init;
  const content: Content | undefined = contentOf(body);
  if (content === undefined || typeof status !== "number" || typeof statusText !== "string") return undefined;
  if (!Number.isInteger(status) || status < 200 || status > 599 || !REASON_PHRASE.test(statusText)) return undefined;
  if (content !== null && NULL_BODY_STATUSES.has(status)) return undefined;
  return { status, statusText, content, headers: new Headers(init.headers) };
}

standInFor("Response", Response, {
  getters: ["redirected", "type", "url"],
  methods: ["clone"],
  statics: ["error", "json", "redirect"],
});
