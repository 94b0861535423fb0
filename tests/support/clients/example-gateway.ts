import { PROXY_SECRET } from "../tokens.ts";
import { type ClientGateway, startClientGateway } from "./gateway.ts";
import { serveRequests } from "./web-server.ts";

/** A request that reached the gateway. */
export interface Forwarded {
  readonly path: string;
  readonly assertion: string;
  readonly body: string;
}

/** A gateway in `proxy` mode. It lists all requests that the examples forward to it. */
export interface ExampleGateway extends ClientGateway {
  /** The address that the examples use. */
  readonly url: string;
  readonly forwarded: readonly Forwarded[];
  /** Sends a request with a stolen or forged assertion. */
  ask(request: Forwarded): Promise<Response>;
}

export async function startExampleGateway(): Promise<ExampleGateway> {
  const gateway = await startClientGateway({ REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET });
  const forwarded: Forwarded[] = [];
  const base = gateway.address.authUrl.replace(/\/auth$/, "");
  const ask = ({ path, assertion, body }: Forwarded): Promise<Response> =>
    fetch(base + path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "x-realtime-assertion": assertion },
      body,
    });
  const front = await serveRequests(async (request) => {
    const { pathname: path } = new URL(request.url);
    const assertion = request.headers.get("x-realtime-assertion") ?? "";
    const one = { path, assertion, body: await request.text() };
    forwarded.push(one);
    const { status, headers, body } = await ask(one);
    return new Response(body, { status, headers: { "content-type": headers.get("content-type") ?? "" } });
  });
  return {
    ...gateway,
    url: front.origin,
    forwarded,
    ask,
    async stop() {
      await front.stop();
      await gateway.stop();
    },
  };
}
