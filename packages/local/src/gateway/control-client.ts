import { CONTROL_PATH } from "../control/control-route.ts";

type Answer<Value> = { readonly value: Value } | { readonly status: number; readonly detail: string };

/** Calls the control API. The types of its answers are those of docs/contract/local.yaml, and the tests compare both. */
export interface ControlClient {
  /** Throws an Error with the detail of the problem. */
  call<Value>(method: string, path: string, body?: object): Promise<Value>;
  callOrStatus<Value>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Answer<Value>>;
}

export function createControlClient(url: string): ControlClient {
  async function callOrStatus<Value>(method: string, path: string, body?: object, signal?: AbortSignal) {
    const request = { method, ...(body && { body: JSON.stringify(body) }), ...(signal && { signal }) };
    const response = await fetch(new URL(CONTROL_PATH + path, url), request).catch((cause: unknown) => {
      if (signal?.aborted === true) throw cause;
      throw new Error(`No gateway answers at ${url}. Start it, or give the LOCAL_GATEWAY_URL of its environment.`, {
        cause,
      });
    });
    const answer: unknown = await response.json();
    // The contract of the control API gives the type.
    if (response.ok) return { value: answer as Value };
    return { status: response.status, detail: String(Object(answer).detail) };
  }
  return {
    callOrStatus,
    async call<Value>(method: string, path: string, body?: object) {
      const answer = await callOrStatus<Value>(method, path, body);
      if ("value" in answer) return answer.value;
      throw new Error(answer.detail);
    },
  };
}
