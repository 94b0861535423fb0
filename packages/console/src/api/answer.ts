/** An RFC 9457 problem of the control API. `unreachable` is the page's own code: the stack does not answer. */
export interface ControlProblem {
  readonly code: string;
  readonly detail: string;
}

export type PageAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ControlProblem };

/** Reads the answer of one request. It never rejects. */
export async function readAnswer<Value>(request: Promise<Response>): Promise<PageAnswer<Value>> {
  try {
    const response = await request;
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: body as Value };
    return { ok: false, problem: problemIn(body, response.status) };
  } catch {
    return { ok: false, problem: { code: "unreachable", detail: "The local stack does not answer. Is it running?" } };
  }
}

/** A list of events gets a list of problems: the first one explains the answer. */
function problemIn(body: unknown, status: number): ControlProblem {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const { code, detail }: { readonly code?: unknown; readonly detail?: unknown } = Object(first);
  return { code: String(code ?? status), detail: String(detail ?? `status ${status}`) };
}
