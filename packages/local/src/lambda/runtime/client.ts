import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

// Lambda's client is native code. An `import` of node:http would load undici too, and slow down every cold start here.
const { request } = process.getBuiltinModule("node:http");

export interface NextInvocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly traceId: string;
  readonly deadlineMs: number;
  readonly payload: string;
}

export interface InvocationResult {
  readonly kind: "response" | "error";
  readonly body: string;
}

/** The runtime's side of the Runtime API. `fetch` would end a call of five minutes without data. */
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
    answer: ({ requestId }: NextInvocation, { kind, body }: InvocationResult) =>
      post(`${base}/invocation/${requestId}/${kind}`, body),
    initError: (body: string) => post(`${base}/init/error`, body),
  };
}

async function post(url: string, body: string): Promise<void> {
  const response = await call("POST", url, body);
  await text(response);
}

/** Each call has its own connection. The platform may close an idle one while the function works. */
function call(method: string, url: string, body = ""): Promise<IncomingMessage> {
  return new Promise((resolve) => {
    request(url, { method, agent: false, headers: { "content-length": Buffer.byteLength(body) } })
      .once("response", resolve)
      // The platform has ended, so no invocation can follow.
      .on("error", () => process.exit(0))
      .end(body);
  });
}
