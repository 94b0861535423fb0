import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

// Lambda's own runtime has a client in native code; an `import` of Node's loads all of undici beside it.
const { request } = process.getBuiltinModule("node:http");

export interface NextInvocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly traceId: string;
  readonly deadlineMs: number;
  readonly payload: string;
}

export interface Answer {
  readonly kind: "response" | "error";
  readonly body: string;
}

/** The runtime's side of the Runtime API. Not `fetch`, which gives up on a quiet function after five minutes. */
export function createRuntimeClient(address: string) {
  const base = `http://${address}/2018-06-01/runtime`;
  return {
    async next(): Promise<NextInvocation> {
      const response = await call("GET", `${base}/invocation/next`);
      const header = (name: string) => String(response.headers[`lambda-runtime-${name}`]);
      return {
        requestId: header("aws-request-id"),
        functionArn: header("invoked-function-arn"),
        traceId: header("trace-id"),
        deadlineMs: Number(header("deadline-ms")),
        payload: await text(response),
      };
    },
    answer: ({ requestId }: NextInvocation, { kind, body }: Answer) =>
      post(`${base}/invocation/${requestId}/${kind}`, body),
    initError: (body: string) => post(`${base}/init/error`, body),
  };
}

async function post(url: string, body: string): Promise<void> {
  const response = await call("POST", url, body);
  await text(response);
}

/** A connection per call: a kept one may have been closed by the other side while the function was busy. */
function call(method: string, url: string, body = ""): Promise<IncomingMessage> {
  return new Promise((resolve) => {
    request(url, { method, agent: false, headers: { "content-length": Buffer.byteLength(body) } })
      .once("response", resolve)
      // The platform is gone, and with it the reason to live.
      .on("error", () => process.exit(0))
      .end(body);
  });
}
