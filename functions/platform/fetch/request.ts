import { Headers } from "./headers.ts";
import { contentOf, FetchMessage } from "./message.ts";
import { NODE_OBJECT, nodeClasses, standInFor, toNode } from "./node-classes.ts";

type NodeRequest = globalThis.Request;

interface RequestInit {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
}

const LIGHT_OPTIONS = new Set(["method", "headers", "body"]);
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const BODILESS = new Set(["GET", "HEAD"]);
/** URLs that the standard leaves as they are written: no dots in the path, nothing to escape. */
const PLAIN_URL = /^https?:\/\/[a-z][a-z-]*(?:\.[a-z][a-z-]*)*\/[\w/-]*$/;

/** Fetch's `Request` in plain JavaScript, where its arguments are usual. */
export class Request extends FetchMessage<NodeRequest> {
  readonly #url: string = "";
  readonly #method: string = "";

  constructor(input: unknown, init: RequestInit = {}) {
    const light = lightOf(input, init);
    super(light, light ? undefined : nodeRequest(input, init));
    if (light === undefined) return;
    this.#url = light.url;
    this.#method = light.method;
  }

  protected override build({ content, headers }: { content: Uint8Array | null; headers: Headers }): NodeRequest {
    return nodeRequest(this.#url, { method: this.#method, headers: headers[NODE_OBJECT](), body: content });
  }

  get url(): string {
    return this.#url === "" ? this[NODE_OBJECT]().url : this.#url;
  }

  get method(): string {
    return this.#method === "" ? this[NODE_OBJECT]().method : this.#method;
  }
}

const nodeRequest = (input: unknown, init: RequestInit): NodeRequest =>
  Reflect.construct(nodeClasses().Request, [toNode(input), init]);

/** `undefined` where Node's class has to judge the arguments. */
function lightOf(input: unknown, init: RequestInit | null) {
  if (typeof input !== "string" || typeof init !== "object" || init === null) return undefined;
  for (const option in init) if (!LIGHT_OPTIONS.has(option)) return undefined;
  const { method = "GET" } = init;
  const content = contentOf(init.body);
  if (typeof method !== "string" || !METHODS.has(method) || content === undefined) return undefined;
  if (content !== null && BODILESS.has(method)) return undefined;
  const url = PLAIN_URL.test(input) ? input : normalized(input);
  return url === undefined ? undefined : { url, method, content, headers: new Headers(init.headers) };
}

function normalized(input: string): string | undefined {
  const url = URL.parse(input);
  return url === null || url.username !== "" || url.password !== "" ? undefined : url.href;
}

standInFor("Request", Request, {
  getters: [
    "cache",
    "credentials",
    "destination",
    "duplex",
    "integrity",
    "isHistoryNavigation",
    "isReloadNavigation",
    "keepalive",
    "mode",
    "redirect",
    "referrer",
    "referrerPolicy",
    "signal",
  ],
  methods: ["clone"],
  statics: [],
});

/** Node's own `fetch` does not accept our requests. */
export const fetch = (input: unknown, init?: unknown): Promise<globalThis.Response> =>
  Reflect.apply(nodeClasses().fetch, undefined, [toNode(input), init]);
