import { type Assertion, signAssertion } from "./assertion.ts";
import { problem } from "./problem.ts";

export interface Gateway {
  /** Where its routes are, such as `https://realtime.example/api/realtime/pusher`. */
  readonly url: string;
  /** Its `REALTIME_PROXY_SECRET`, 32 bytes or longer. Never to be had by a browser. */
  readonly secret: string;
}

const TIMEOUT_MS = 5_000;

/** Asks the gateway on a user's behalf, and answers what it answers. */
export async function askGateway(
  { url, secret }: Gateway,
  path: "/auth" | "/user-auth",
  form: URLSearchParams,
  assertion: Assertion,
): Promise<Response> {
  try {
    const answer = await fetch(url + path, {
      method: "POST",
      body: form,
      headers: { "x-realtime-assertion": await signAssertion(assertion, secret) },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // What it does not believe is ours, not the user's: the secrets differ, or the clocks.
    if (answer.status === 401) return problem(503, "gateway_misconfigured", "The gateway does not trust this server");
    const headers = { "content-type": answer.headers.get("content-type") ?? "", "cache-control": "no-store" };
    return new Response(await answer.text(), { status: answer.status, headers });
  } catch {
    return problem(503, "gateway_unavailable", "The gateway could not be asked; try again");
  }
}
