import { type Assertion, signAssertion } from "./assertion.ts";
import { problem } from "./problem.ts";

export interface GatewayAccess {
  /** The base of its routes, such as `https://realtime.example/api/realtime/pusher`. */
  readonly url: string;
  /** Its `REALTIME_PROXY_SECRET`, 32 bytes or longer. No browser may ever get it. */
  readonly secret: string;
}

const TIMEOUT_MS = 5_000;
/** Signed, and denied by a rule. */
const EXPECTED = new Set([200, 403]);
const MAX_LOGGED_CHARACTERS = 500;

/** Forwards a user's request to the gateway and returns its answer. */
export async function askGateway(
  { url, secret }: GatewayAccess,
  path: "/auth" | "/user-auth",
  form: URLSearchParams,
  assertion: Assertion,
): Promise<Response> {
  try {
    const answer = await fetch(url.replace(/\/+$/, "") + path, {
      method: "POST",
      body: form,
      headers: { "x-realtime-assertion": await signAssertion(assertion, secret) },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (!EXPECTED.has(answer.status))
      logFailure(path, `status ${answer.status}: ${text.slice(0, MAX_LOGGED_CHARACTERS)}`);
    // A rejected assertion is this server's fault, not the user's: the secrets or the clocks differ.
    if (answer.status === 401) return problem(503, "gateway_misconfigured", "The gateway does not trust this server");
    const headers = { "content-type": answer.headers.get("content-type") ?? "", "cache-control": "no-store" };
    return new Response(text, { status: answer.status, headers });
  } catch (error) {
    logFailure(path, error);
    return problem(503, "gateway_unavailable", "The gateway could not be asked; try again");
  }
}

/** For the server's log only: a browser learns neither the gateway's address nor its error. */
const logFailure = (path: string, reason: unknown): void => console.error(`The gateway failed at ${path}:`, reason);
